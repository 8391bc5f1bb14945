package io.profilemesh.query.api;

import io.profilemesh.query.history.Where;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of drift events. */
public class DriftParameters {

  private static final List<String> SEVERITIES = List.of("low", "medium", "high");
  private static final List<String> INCIDENT_STATES = List.of("opened", "updated", "resolved");
  private static final List<String> KINDS =
      List.of(
          "schema",
          "volume",
          "completeness",
          "uniqueness",
          "validity",
          "value",
          "distribution",
          "freshness",
          "missing_run");

  @QueryParam("source")
  @Parameter(description = "Source.")
  @Nullable String source;

  @QueryParam(Values.SCHEMA)
  @Parameter(description = "Schema; empty where the engine has none.")
  @Nullable String schema;

  @QueryParam("table")
  @Parameter(description = "Table.")
  @Nullable String table;

  @QueryParam("dataset")
  @Parameter(description = "Dataset id: source/schema/table or source/schema/table@slice.")
  @Nullable String dataset;

  @QueryParam("column")
  @Parameter(description = "Column.")
  @Nullable String column;

  @QueryParam("metric")
  @Parameter(description = "Metric, such as null_percent.")
  @Nullable String metric;

  @QueryParam("kind")
  @Parameter(
      description = "Family of the finding.",
      schema =
          @Schema(
              enumeration = {
                "schema",
                "volume",
                "completeness",
                "uniqueness",
                "validity",
                "value",
                "distribution",
                "freshness",
                "missing_run"
              }))
  @Nullable String kind;

  @QueryParam("severity")
  @Parameter(
      description = "Exactly this severity.",
      schema = @Schema(enumeration = {"low", "medium", "high"}))
  @Nullable String severity;

  @QueryParam("minSeverity")
  @Parameter(
      description = "At least this severity.",
      schema = @Schema(enumeration = {"low", "medium", "high"}))
  @Nullable String minSeverity;

  @QueryParam("incident")
  @Parameter(description = "Incident they belong to.")
  @Nullable String incident;

  @QueryParam("incidentState")
  @Parameter(
      description = "What they did to their incident.",
      schema = @Schema(enumeration = {"opened", "updated", "resolved"}))
  @Nullable String incidentState;

  @QueryParam("environment")
  @Parameter(description = "Environment of the mesh.")
  @Nullable String environment;

  @QueryParam("runId")
  @Parameter(description = "Run in which they were found.")
  @Nullable String runId;

  @QueryParam("requestId")
  @Parameter(description = "Request that led to the run.")
  @Nullable String requestId;

  @QueryParam("days")
  @Parameter(description = "Profiled within the last days, 1 to 3650; instead of from.")
  @Nullable String days;

  @QueryParam("from")
  @Parameter(description = "Profiled at or after this time, ISO 8601 with zone.")
  @Nullable String from;

  @QueryParam("to")
  @Parameter(description = "Profiled before this time, ISO 8601 with zone.")
  @Nullable String to;

  Where where(UriInfo uri, Instant now) {
    String least = Values.word("minSeverity", minSeverity, SEVERITIES);
    return new Where()
        .equal("e.table_name", Values.text("table", table))
        .equal("e.source", Values.text("source", source))
        .equal("e.schema_name", Values.schema(uri))
        .equal("e.dataset_name", Values.dataset("dataset", dataset))
        .equal("e.column_name", Values.text("column", column))
        .equal("e.metric_name", Values.text("metric", metric))
        .equal("e.drift_kind", Values.word("kind", kind, KINDS))
        .equal("e.drift_severity", Values.word("severity", severity, SEVERITIES))
        .anyOf(
            "e.drift_severity",
            least == null ? null : SEVERITIES.subList(SEVERITIES.indexOf(least), 3))
        .equal("e.incident_id", Values.text("incident", incident))
        .equal("e.incident_state", Values.word("incidentState", incidentState, INCIDENT_STATES))
        .equal("e.environment", Values.text("environment", environment))
        .equal("e.run_id", Values.run("runId", runId))
        .equal("e.request_id", Values.text("requestId", requestId))
        .from("e.\"timestamp\"", Values.from(days, from, now))
        .before("e.\"timestamp\"", Values.instant("to", to));
  }
}
