package io.profilemesh.query.api;

import io.profilemesh.query.history.Where;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of the audit log. */
public class AuditParameters {

  private static final List<String> OUTCOMES = List.of("done", "refused", "failed");

  @QueryParam("actor")
  @Parameter(description = "Who.")
  @Nullable String actor;

  @QueryParam("action")
  @Parameter(description = "What was to be done, such as cancel.")
  @Nullable String action;

  @QueryParam("resourceType")
  @Parameter(description = "Kind of the thing, such as policy.")
  @Nullable String resourceType;

  @QueryParam("resourceId")
  @Parameter(description = "Id of the thing.")
  @Nullable String resourceId;

  @QueryParam("outcome")
  @Parameter(
      description = "How it ended.",
      schema = @Schema(enumeration = {"done", "refused", "failed"}))
  @Nullable String outcome;

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
    return new Where()
        .equal("a.actor", Values.text("actor", actor))
        .equal("a.action", Values.text("action", action))
        .equal("a.resource_type", Values.text("resourceType", resourceType))
        .equal("a.resource_id", Values.text("resourceId", resourceId))
        .equal("a.outcome", Values.word("outcome", outcome, OUTCOMES))
        .from("a.occurred_at", Values.from(days, from, now))
        .before("a.occurred_at", Values.instant("to", to));
  }
}
