package io.profilemesh.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.mesh.ShopConfig;
import io.profilemesh.cli.run.OrderSender;
import io.profilemesh.cli.run.ProfileOrder;
import io.profilemesh.cli.run.RunFollower;
import io.profilemesh.cli.run.RunFollower.Followed;
import io.profilemesh.cli.run.RunOutcome;
import io.profilemesh.cli.run.RunsApi;
import io.profilemesh.cli.run.TableName;
import io.profilemesh.cli.run.Verdict;
import io.profilemesh.core.profile.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Profiles the whole shop by one request, as any user of the mesh would. */
final class Rounds {

  static final String PATTERN = "public.*";

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration EVENTS_PATIENCE = Duration.ofSeconds(30);
  private static final Duration CAPTURE_PATIENCE = Duration.ofMinutes(1);
  private static final String CAPTURE = "change capture";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final OrderSender sender;
  private final RunsApi api;
  private final InstantSource clock;
  private final RunFollower.Pause pause;

  Rounds(OrderSender sender, RunsApi api, InstantSource clock, RunFollower.Pause pause) {
    this.sender = sender;
    this.api = api;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * One profiling of every table.
   *
   * @param run the run of all of them
   * @param outcomes its runs, by dataset
   */
  record Round(RunId run, List<RunOutcome> outcomes) {

    /** Number of drift events that were written with the verdicts. */
    int told() {
      return outcomes.stream()
          .map(RunOutcome::verdictJson)
          .mapToInt(verdict -> verdict == null ? 0 : verdict.path("eventIds").size())
          .sum();
    }

    /** Whether the mesh had seen an earlier shop that it compared this one with. */
    boolean isCompared() {
      return outcomes.stream()
          .map(RunOutcome::verdict)
          .anyMatch(verdict -> verdict != null && isComparison(verdict));
    }

    private static boolean isComparison(Verdict verdict) {
      return switch (verdict.outcome()) {
        case DRIFT, NO_DRIFT -> true;
        case NOT_EVALUATED, UNKNOWN -> false;
      };
    }
  }

  /**
   * Profiles every table and follows the runs to their verdicts.
   *
   * @param tables number of tables that there are
   */
  Round profile(String reason, int tables, RunFollower.Listener listener)
      throws InterruptedException {
    ProfileOrder order =
        ProfileOrder.of(
            UUID.randomUUID().toString(),
            ShopConfig.SOURCE,
            TableName.parse(PATTERN),
            "demo",
            reason);
    sender.send(List.of(order));
    return follow(order.runId(), tables, listener);
  }

  private Round follow(RunId run, int tables, RunFollower.Listener listener)
      throws InterruptedException {
    Instant deadline = clock.instant().plus(PATIENCE);
    Followed followed = new RunFollower(api, clock, pause).follow(run, tables, deadline, listener);
    for (RunOutcome outcome : followed.outcomes()) {
      if (outcome.hasEnded() && !outcome.isCompleted()) {
        throw Failure.failed(
            "the run of "
                + outcome.datasetId()
                + " "
                + outcome.status()
                + ": "
                + outcome.run().path("errorMessage").asText("no reason was given"),
            "Look at the profiler's log in the data directory.");
      }
    }
    if (!followed.complete()) {
      throw Failure.failed(
          "the runs were not done within " + PATIENCE.toMinutes() + " minutes",
          "Look at the services' logs in the data directory.");
    }
    return new Round(run, followed.outcomes());
  }

  /**
   * Follows the run that change capture asks for because of a table's changes.
   *
   * @param since when the changes began
   */
  Round captured(String datasetId, Instant since, RunFollower.Listener listener)
      throws InterruptedException {
    Instant deadline = clock.instant().plus(CAPTURE_PATIENCE);
    while (true) {
      Optional<JsonNode> asked = api.latest(datasetId, CAPTURE, since);
      if (asked.isPresent()) {
        RunId run = RunId.parse(asked.get().path("runId").asText());
        return follow(run, 1, listener);
      }
      if (!clock.instant().isBefore(deadline)) {
        throw Failure.failed(
            "change capture has not asked for " + datasetId + " within a minute",
            "Look at the profiler's log in the data directory.");
      }
      pause.take(BETWEEN_LOOKS);
    }
  }

  /** The drift events of a round: as many as its verdicts name. */
  List<JsonNode> events(Round round) throws InterruptedException {
    Instant deadline = clock.instant().plus(EVENTS_PATIENCE);
    while (true) {
      List<JsonNode> events = api.driftEvents(round.run());
      if (events.size() >= round.told()) {
        return events;
      }
      if (!clock.instant().isBefore(deadline)) {
        throw Failure.failed(
            "the verdicts count "
                + round.told()
                + " drift events, but only "
                + events.size()
                + " have arrived",
            "Look at the query service's log in the data directory.");
      }
      pause.take(BETWEEN_LOOKS);
    }
  }
}
