package io.profilemesh.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.Failure;
import java.util.StringJoiner;

/** A problem document (RFC 9457) that the query service answered with. */
public final class RestProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  public RestProblem(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The problem that an answer tells of, with the field concerned and what would be valid. */
  static RestProblem of(int status, JsonNode document) {
    String title = document.path("title").asText("");
    String detail = document.path("detail").asText("");
    String field = document.path("field").asText("");
    String text = detail.isEmpty() ? title : detail;
    StringJoiner choices = new StringJoiner(", ", " Valid are: ", "").setEmptyValue("");
    document.path("choices").forEach(choice -> choices.add(choice.asText()));
    return new RestProblem(
        status,
        text.isEmpty()
            ? "the service answered " + status
            : (field.isEmpty() ? "" : field + ": ") + text + choices);
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** Whether what was asked for does not exist. */
  public boolean isNotFound() {
    return status == 404;
  }

  /** The end of a command that cannot go on from here. */
  public Failure asFailure() {
    String message = String.valueOf(getMessage());
    if (status == 400) {
      return Failure.usage(message, "");
    }
    if (status == 401) {
      return Failure.failed(
          "the query service wants to know who asks: " + message,
          "Set PROFILEMESH_API_KEY or PROFILEMESH_API_KEY_FILE. Make a key where the metadata"
              + " database is: profilemesh key create NAME --role reader");
    }
    if (status == 403) {
      return Failure.failed(message, "Ask an administrator, or use another key.");
    }
    if (status == 404) {
      return Failure.failed(
          message, "Check what it is called: profilemesh query --help says how to list things.");
    }
    return Failure.failed(
        "the query service answered " + status + ": " + message,
        "Look at its state: profilemesh status");
  }
}
