package io.profilemesh.query.api;

import io.profilemesh.query.history.Where;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of requests with several runs. */
public class PipelineParameters {

  @QueryParam("pipeline")
  @Parameter(description = "Pipeline that asked.")
  @Nullable String pipeline;

  @QueryParam("requestId")
  @Parameter(description = "Request.")
  @Nullable String requestId;

  @QueryParam("source")
  @Parameter(description = "Source.")
  @Nullable String source;

  @QueryParam("days")
  @Parameter(description = "Requested within the last days, 1 to 3650; instead of from.")
  @Nullable String days;

  @QueryParam("from")
  @Parameter(description = "Requested at or after this time, ISO 8601 with zone.")
  @Nullable String from;

  @QueryParam("to")
  @Parameter(description = "Requested before this time, ISO 8601 with zone.")
  @Nullable String to;

  Where where(Instant now) {
    return new Where()
        .equal("q.pipeline", Values.text("pipeline", pipeline))
        .equal("q.request_id", Values.text("requestId", requestId))
        .equal("q.source", Values.text("source", source))
        .from("q.requested_at", Values.from(days, from, now))
        .before("q.requested_at", Values.instant("to", to));
  }
}
