package io.profilemesh.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.cli.rest.Rest;
import io.profilemesh.cli.rest.RestProblem;
import io.profilemesh.cli.run.RunFollower.Followed;
import io.profilemesh.core.profile.RunId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunFollowerTest {

  private static final Instant BEGIN = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant NEVER = BEGIN.plus(Duration.ofHours(1));
  private static final RunId RUN = RunId.derivedFrom("request");

  private final JsonMapper json = new JsonMapper();
  private final TreeMap<Long, Runnable> script = new TreeMap<>();
  private final Map<String, String> status = new LinkedHashMap<>();
  private final Map<String, String> outcomes = new LinkedHashMap<>();
  private final List<String> heard = new ArrayList<>();
  private Integer counted;
  private Instant now = BEGIN;

  @Test
  void shouldWaitForVerdictAfterCompletion() throws InterruptedException {
    at(0, () -> status.put("s/p/a", "running"));
    at(1_000, () -> status.put("s/p/a", "completed"));
    at(2_000, () -> outcomes.put("s/p/a", "no_drift"));

    Followed followed = follow(1, NEVER);

    assertThat(followed.complete()).isTrue();
    assertThat(followed.outcomes().get(0).verdict().outcome()).isEqualTo(Verdict.Outcome.NO_DRIFT);
    assertThat(elapsed()).isBetween(2_000L, 2_200L);
  }

  @Test
  void shouldNotWaitForVerdictWhenRunFailed() throws InterruptedException {
    at(300, () -> status.put("s/p/a", "failed"));

    Followed followed = follow(1, NEVER);

    assertThat(followed.complete()).isTrue();
    assertThat(elapsed()).isBetween(300L, 500L);
  }

  @Test
  void shouldWaitForLateDatasetsWhenPattern() throws InterruptedException {
    at(100, () -> settle("s/p/a"));
    at(1_400, () -> settle("s/p/b"));

    Followed followed = follow(RunFollower.UNKNOWN, NEVER);

    assertThat(followed.outcomes())
        .extracting(RunOutcome::datasetId)
        .containsExactly("s/p/a", "s/p/b");
    assertThat(elapsed()).isGreaterThanOrEqualTo(1_400 + RunFollower.QUIET.toMillis());
  }

  @Test
  void shouldNotWaitLongerWhenNumberOfDatasetsIsKnown() throws InterruptedException {
    at(100, () -> settle("s/p/a"));
    at(3_000, () -> settle("s/p/b"));

    status.put("s/p/b", "running");
    Followed followed = follow(2, NEVER);

    assertThat(followed.outcomes()).hasSize(2);
    assertThat(elapsed()).isBetween(3_000L, 3_200L);
  }

  @Test
  void shouldWaitForAsManyRunsAsTheProfilerCounted() throws InterruptedException {
    counted = 2;
    at(100, () -> settle("s/p/a"));
    at(9_000, () -> settle("s/p/b"));

    Followed followed = follow(RunFollower.UNKNOWN, NEVER);

    assertThat(followed.outcomes()).hasSize(2);
    assertThat(elapsed()).isBetween(9_000L, 9_200L);
  }

  @Test
  void shouldEndAllTheSameWhenFewerDatasetsAppear() throws InterruptedException {
    at(0, () -> settle("s/p/a"));

    assertThat(follow(2, NEVER).complete()).isTrue();
  }

  @Test
  void shouldTellOfEachRunOnceInOrderOfSettling() throws InterruptedException {
    at(0, () -> status.put("s/p/a", "running"));
    at(100, () -> settle("s/p/b"));
    at(900, () -> settle("s/p/a"));

    follow(RunFollower.UNKNOWN, NEVER);

    assertThat(heard).containsExactly("s/p/b", "s/p/a");
  }

  @Test
  void shouldSayIncompleteWhenTimeIsUp() throws InterruptedException {
    at(0, () -> status.put("s/p/a", "completed"));

    Followed followed = follow(1, BEGIN.plusSeconds(5));

    assertThat(followed.complete()).isFalse();
    assertThat(followed.outcomes()).hasSize(1);
    assertThat(elapsed()).isBetween(5_000L, 5_200L);
  }

  @Test
  void shouldSayIncompleteWhenNothingIsEverHeard() throws InterruptedException {
    Followed followed = follow(1, BEGIN.plusSeconds(1));

    assertThat(followed.complete()).isFalse();
    assertThat(followed.outcomes()).isEmpty();
  }

  private Followed follow(int expected, Instant deadline) throws InterruptedException {
    InstantSource clock = () -> now;
    Rest rest =
        new Rest() {
          @Override
          public JsonNode get(String path, Parameters parameters) {
            return answer(path, parameters);
          }

          @Override
          public JsonNode health() {
            throw new AssertionError("a run has no health");
          }

          @Override
          public JsonNode delete(String path, Parameters parameters) {
            throw new AssertionError("who follows a run does not end it");
          }

          @Override
          public Done send(
              String method, String path, Parameters parameters, @Nullable JsonNode body) {
            throw new AssertionError("a follower only looks");
          }
        };
    RunFollower follower = new RunFollower(new RunsApi(rest), clock, this::pass);
    pass(Duration.ZERO);
    return follower.follow(RUN, expected, deadline, run -> heard.add(run.datasetId()));
  }

  private JsonNode answer(String path, Parameters parameters) {
    try {
      if (path.equals("/runs")) {
        var items = json.createArrayNode();
        status.forEach(
            (dataset, state) ->
                items
                    .addObject()
                    .put("datasetId", dataset)
                    .put("status", state)
                    .put("requestDatasets", counted));
        return json.createObjectNode().set("items", items);
      }
      String outcome = outcomes.get(parameters.get("dataset"));
      if (outcome == null) {
        throw new RestProblem(404, "no verdict yet");
      }
      return json.readTree("{\"outcome\":\"" + outcome + "\"}");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void settle(String dataset) {
    status.put(dataset, "completed");
    outcomes.put(dataset, "drift");
  }

  private void at(long milliseconds, Runnable event) {
    script.put(milliseconds, event);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    while (!script.isEmpty() && script.firstKey() <= elapsed()) {
      script.pollFirstEntry().getValue().run();
    }
  }

  private long elapsed() {
    return Duration.between(BEGIN, now).toMillis();
  }
}
