package io.profilemesh.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.core.profile.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Watches runs over REST until they have ended and the completed ones are judged. */
public final class RunFollower {

  /**
   * How long a set of datasets must stay the same before it counts as complete: they were accepted
   * at one instant, but reach the query service partition by partition.
   */
  static final Duration QUIET = Duration.ofMillis(1_500);

  /** The number of datasets of a pattern: nobody has counted them. */
  public static final int UNKNOWN = Integer.MAX_VALUE;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after about this long. */
    void take(Duration duration) throws InterruptedException;
  }

  /** Hears of runs while they are followed. */
  @FunctionalInterface
  public interface Listener {

    /** A run is settled; called once for each. */
    void settled(RunOutcome outcome);

    /** The runs as they stand now; called at every look. */
    default void seen(List<RunOutcome> runs) {}
  }

  /**
   * What was seen at the end.
   *
   * @param outcomes the runs, by dataset
   * @param complete whether all of them are settled; false: the time was up
   */
  public record Followed(List<RunOutcome> outcomes, boolean complete) {
    public Followed {
      outcomes = List.copyOf(outcomes);
    }
  }

  private final RunsApi api;
  private final InstantSource clock;
  private final Pause pause;

  public RunFollower(RunsApi api, InstantSource clock, Pause pause) {
    this.api = api;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Follows one run id.
   *
   * @param expected number of datasets that it covers; {@link #UNKNOWN} for a pattern, unless the
   *     runs say it themselves
   * @param deadline when to give up
   */
  public Followed follow(RunId run, int expected, Instant deadline, Listener listener)
      throws InterruptedException {
    return follow(() -> api.runs(run), run, expected, deadline, listener);
  }

  /**
   * Follows all runs of a request, which may have several run ids.
   *
   * @param deadline when to give up
   */
  public Followed followRequest(ProfileOrder order, Instant deadline, Listener listener)
      throws InterruptedException {
    return follow(() -> api.runsOf(order.requestId()), order.runId(), UNKNOWN, deadline, listener);
  }

  private Followed follow(
      Supplier<List<JsonNode>> runs, RunId run, int expected, Instant deadline, Listener listener)
      throws InterruptedException {
    Map<String, RunOutcome> settled = new LinkedHashMap<>();
    Instant changed = clock.instant();
    int known = 0;
    while (true) {
      List<RunOutcome> seen = look(runs.get(), run, settled, listener);
      Instant now = clock.instant();
      if (seen.size() != known) {
        known = seen.size();
        changed = now;
      }
      boolean whole = known >= expected(seen, expected) || !now.isBefore(changed.plus(quiet(seen)));
      if (known > 0 && settled.size() == known && whole) {
        return new Followed(sorted(seen), true);
      }
      if (!now.isBefore(deadline)) {
        return new Followed(sorted(seen), false);
      }
      listener.seen(sorted(seen));
      pause.take(BETWEEN_LOOKS);
    }
  }

  /** The profiler counts the runs of a request when it answers it. */
  private static int expected(List<RunOutcome> seen, int otherwise) {
    return seen.stream()
        .map(RunOutcome::ofHowMany)
        .filter(OptionalInt::isPresent)
        .mapToInt(OptionalInt::getAsInt)
        .findFirst()
        .orElse(otherwise);
  }

  /** Guessing by quiet is for runs whose number nobody says. */
  private static Duration quiet(List<RunOutcome> seen) {
    return seen.stream().anyMatch(run -> run.ofHowMany().isPresent()) ? Duration.ofDays(1) : QUIET;
  }

  private List<RunOutcome> look(
      List<JsonNode> runs, RunId run, Map<String, RunOutcome> settled, Listener listener) {
    List<RunOutcome> seen = new ArrayList<>();
    for (JsonNode json : runs) {
      String key = json.path("runId").asText() + ' ' + json.path("datasetId").asText();
      RunOutcome known = settled.get(key);
      if (known != null) {
        seen.add(known);
        continue;
      }
      RunOutcome outcome = outcome(run, json);
      seen.add(outcome);
      if (outcome.isSettled()) {
        settled.put(key, outcome);
        listener.settled(outcome);
      }
    }
    return seen;
  }

  private RunOutcome outcome(RunId run, JsonNode json) {
    RunOutcome unjudged = new RunOutcome(json, null, null);
    if (!unjudged.isCompleted()) {
      return unjudged;
    }
    String own = json.path("runId").asText("");
    RunId id = own.isEmpty() ? run : RunId.parse(own);
    Optional<JsonNode> verdict = api.verdict(id, unjudged.datasetId());
    return verdict.map(found -> new RunOutcome(json, Verdict.of(found), found)).orElse(unjudged);
  }

  private static List<RunOutcome> sorted(List<RunOutcome> outcomes) {
    return outcomes.stream().sorted(Comparator.comparing(RunOutcome::datasetId)).toList();
  }
}
