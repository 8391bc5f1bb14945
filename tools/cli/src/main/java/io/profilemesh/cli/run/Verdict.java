package io.profilemesh.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The judgement of one run.
 *
 * @param outcome what it amounts to
 * @param low findings of severity low
 * @param medium findings of severity medium
 * @param high findings of severity high
 * @param notEvaluated sentences that say what was not judged and why
 */
public record Verdict(Outcome outcome, int low, int medium, int high, List<String> notEvaluated) {

  /** What a verdict amounts to. */
  public enum Outcome {
    NO_DRIFT,
    DRIFT,
    NOT_EVALUATED,
    /** A word newer than this program. */
    UNKNOWN
  }

  public Verdict {
    notEvaluated = List.copyOf(notEvaluated);
  }

  /** Reads a verdict as REST answers it. */
  public static Verdict of(JsonNode json) {
    List<String> reasons = new ArrayList<>();
    json.path("notEvaluated").forEach(entry -> reasons.add(entry.path("message").asText("")));
    return new Verdict(
        outcome(json.path("outcome").asText("")),
        json.path("lowFindings").asInt(),
        json.path("mediumFindings").asInt(),
        json.path("highFindings").asInt(),
        reasons);
  }

  /** Number of findings at or above a severity. */
  public int findingsFrom(Severity severity) {
    return switch (severity) {
      case LOW -> low + medium + high;
      case MEDIUM -> medium + high;
      case HIGH -> high;
    };
  }

  private static Outcome outcome(String text) {
    for (Outcome outcome : Outcome.values()) {
      if (outcome.name().equalsIgnoreCase(text)) {
        return outcome;
      }
    }
    return Outcome.UNKNOWN;
  }
}
