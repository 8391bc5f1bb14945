package io.profilemesh.query.api;

import io.profilemesh.query.history.Where;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of runs. */
public class RunParameters {

  private static final List<String> STATUSES =
      List.of("requested", "running", "completed", "failed", "skipped", "cancelled");

  @QueryParam("source")
  @Parameter(description = "Source.")
  @Nullable String source;

  @QueryParam(Values.SCHEMA)
  @Parameter(description = "Schema; empty where the engine has none.")
  @Nullable String schema;

  @QueryParam("table")
  @Parameter(description = "Table.")
  @Nullable String table;

  @QueryParam("slice")
  @Parameter(description = "Slice.")
  @Nullable String slice;

  @QueryParam("dataset")
  @Parameter(description = "Dataset id: source/schema/table or source/schema/table@slice.")
  @Nullable String dataset;

  @QueryParam("status")
  @Parameter(
      description = "Status.",
      schema =
          @Schema(
              enumeration = {
                "requested",
                "running",
                "completed",
                "failed",
                "skipped",
                "cancelled"
              }))
  @Nullable String status;

  @QueryParam("environment")
  @Parameter(description = "Environment of the mesh.")
  @Nullable String environment;

  @QueryParam("requester")
  @Parameter(description = "Who asked.")
  @Nullable String requester;

  @QueryParam("requestId")
  @Parameter(description = "Request that led to the runs.")
  @Nullable String requestId;

  @QueryParam("pipeline")
  @Parameter(description = "Pipeline that asked.")
  @Nullable String pipeline;

  @QueryParam("runId")
  @Parameter(description = "Run; one run id may cover several datasets.")
  @Nullable String runId;

  @QueryParam("days")
  @Parameter(description = "Requested within the last days, 1 to 3650; instead of from.")
  @Nullable String days;

  @QueryParam("from")
  @Parameter(description = "Requested at or after this time, ISO 8601 with zone.")
  @Nullable String from;

  @QueryParam("to")
  @Parameter(description = "Requested before this time, ISO 8601 with zone.")
  @Nullable String to;

  Where where(UriInfo uri, Instant now) {
    return new Where()
        .equal("r.table_name", Values.text("table", table))
        .equal("r.source", Values.text("source", source))
        .equal("r.schema_name", Values.schema(uri))
        .equal("r.slice", Values.text("slice", slice))
        .equal("r.dataset_name", Values.dataset("dataset", dataset))
        .equal("r.status", Values.word("status", status, STATUSES))
        .equal("r.environment", Values.text("environment", environment))
        .equal("r.requester", Values.text("requester", requester))
        .equal("r.request_id", Values.text("requestId", requestId))
        .equal("r.pipeline", Values.text("pipeline", pipeline))
        .equal("r.run_id", Values.run("runId", runId))
        .from("r.requested_at", Values.from(days, from, now))
        .before("r.requested_at", Values.instant("to", to));
  }
}
