package io.profilemesh.query.api;

import io.profilemesh.query.history.Where;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of the query history. */
public class RequestParameters {

  private static final List<String> KINDS = List.of("rest", "statement");

  @QueryParam("actor")
  @Parameter(description = "Who.")
  @Nullable String actor;

  @QueryParam("route")
  @Parameter(description = "Method and path as the API has it, such as GET /api/v1/runs/{runId}.")
  @Nullable String route;

  @QueryParam("kind")
  @Parameter(
      description = "rest: requests that were answered; statement: statements run on sources.",
      schema = @Schema(enumeration = {"rest", "statement"}))
  @Nullable String kind;

  @QueryParam("runId")
  @Parameter(description = "Statements of this run.")
  @Nullable String runId;

  @QueryParam("status")
  @Parameter(description = "HTTP status.")
  @Nullable String status;

  @QueryParam("days")
  @Parameter(description = "Within the last days, 1 to 3650; instead of from.")
  @Nullable String days;

  @QueryParam("from")
  @Parameter(description = "At or after this time, ISO 8601 with zone.")
  @Nullable String from;

  @QueryParam("to")
  @Parameter(description = "Before this time, ISO 8601 with zone.")
  @Nullable String to;

  Where where(Instant now) {
    Where where =
        new Where()
            .equal("h.actor", Values.text("actor", actor))
            .equal("h.route", Values.text("route", route))
            .equal("h.kind", Values.word("kind", kind, KINDS))
            .equal("h.run_id", Values.run("runId", runId))
            .from("h.started_at", Values.from(days, from, now))
            .before("h.started_at", Values.instant("to", to));
    return status == null
        ? where
        : where.and(
            "h.status = ?::integer",
            Integer.toString(Values.number("status", status, 0, 100, 599)));
  }
}
