package io.profilemesh.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.ExitCode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One followed run.
 *
 * @param run the run as REST answers it
 * @param verdict its judgement; null while there is none, and for a run that did not complete
 * @param verdictJson the judgement as REST answers it
 */
public record RunOutcome(JsonNode run, @Nullable Verdict verdict, @Nullable JsonNode verdictJson) {

  private static final Set<String> ENDS = Set.of("completed", "failed", "skipped", "cancelled");

  /** Canonical id of the dataset. */
  public String datasetId() {
    return run.path("datasetId").asText();
  }

  /** Runs that its request led to, this one included; empty where nobody says. */
  public OptionalInt ofHowMany() {
    JsonNode number = run.path("requestDatasets");
    return number.isInt() ? OptionalInt.of(number.asInt()) : OptionalInt.empty();
  }

  /** Status in small letters. */
  public String status() {
    return run.path("status").asText().toLowerCase(Locale.ROOT);
  }

  /** Whether the run will not change any more. */
  public boolean hasEnded() {
    return ENDS.contains(status());
  }

  public boolean isCompleted() {
    return status().equals("completed");
  }

  /** Whether run and judgement are complete. */
  public boolean isSettled() {
    return hasEnded() && (!isCompleted() || verdict != null);
  }

  /**
   * What several runs amount to: a failure outweighs drift, drift outweighs what could not be
   * compared.
   *
   * @param failOn severity from which drift is an error; null: drift is none
   */
  public static ExitCode exitCode(List<RunOutcome> runs, @Nullable Severity failOn) {
    if (runs.stream().anyMatch(run -> Set.of("failed", "cancelled").contains(run.status()))) {
      return ExitCode.FAILED;
    }
    if (failOn == null) {
      return ExitCode.OK;
    }
    if (runs.stream().anyMatch(run -> run.drifts(failOn))) {
      return ExitCode.DRIFT;
    }
    boolean judged = runs.stream().allMatch(RunOutcome::isJudged);
    return judged ? ExitCode.OK : ExitCode.NOT_EVALUATED;
  }

  private boolean drifts(Severity failOn) {
    return verdict != null && verdict.findingsFrom(failOn) > 0;
  }

  private boolean isJudged() {
    if (verdict == null) {
      return false;
    }
    return switch (verdict.outcome()) {
      case NO_DRIFT, DRIFT -> true;
      case NOT_EVALUATED, UNKNOWN -> false;
    };
  }
}
