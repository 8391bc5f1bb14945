package io.profilemesh.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.profilemesh.cli.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunOutcomeTest {

  private static final RunOutcome QUIET = judged("no_drift", 0, 0, 0);
  private static final RunOutcome LOUD = judged("drift", 1, 0, 0);
  private static final RunOutcome FIRST = judged("not_evaluated", 0, 0, 0);
  private static final RunOutcome BROKEN = new RunOutcome(run("failed"), null, null);

  @Test
  void shouldWeighFailureAboveDriftAboveUnjudged() {
    assertThat(code(QUIET)).isEqualTo(ExitCode.OK);
    assertThat(code(QUIET, FIRST)).isEqualTo(ExitCode.NOT_EVALUATED);
    assertThat(code(QUIET, FIRST, LOUD)).isEqualTo(ExitCode.DRIFT);
    assertThat(code(QUIET, FIRST, LOUD, BROKEN)).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void shouldNotTakeNewerOutcomesForGood() {
    assertThat(code(judged("something_new", 0, 0, 0))).isEqualTo(ExitCode.NOT_EVALUATED);
  }

  @Test
  void shouldBeSettledOnlyWithVerdictWhenCompleted() {
    assertThat(new RunOutcome(run("completed"), null, null).isSettled()).isFalse();
    assertThat(QUIET.isSettled()).isTrue();
    assertThat(BROKEN.isSettled()).isTrue();
    assertThat(new RunOutcome(run("running"), null, null).isSettled()).isFalse();
  }

  private static ExitCode code(RunOutcome... outcomes) {
    return RunOutcome.exitCode(List.of(outcomes), Severity.HIGH);
  }

  private static RunOutcome judged(String outcome, int high, int medium, int low) {
    var verdict =
        new JsonMapper()
            .createObjectNode()
            .put("outcome", outcome)
            .put("highFindings", high)
            .put("mediumFindings", medium)
            .put("lowFindings", low);
    return new RunOutcome(run("completed"), Verdict.of(verdict), verdict);
  }

  private static com.fasterxml.jackson.databind.JsonNode run(String status) {
    return new JsonMapper().createObjectNode().put("datasetId", "s/p/t").put("status", status);
  }
}
