package io.profilemesh.query.api;

import io.profilemesh.query.history.Where;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of incidents. */
public class IncidentParameters {

  private static final List<String> SEVERITIES = List.of("low", "medium", "high");
  private static final List<String> STATES = List.of("open", "resolved");
  private static final List<String> FEEDBACK = List.of("expected", "false_positive", "confirmed");

  @QueryParam("state")
  @Parameter(
      description = "Whether it goes on.",
      schema = @Schema(enumeration = {"open", "resolved"}))
  @Nullable String state;

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

  @QueryParam("group")
  @Parameter(description = "Group of metrics, such as completeness.")
  @Nullable String group;

  @QueryParam("severity")
  @Parameter(
      description = "Exactly this severity now.",
      schema = @Schema(enumeration = {"low", "medium", "high"}))
  @Nullable String severity;

  @QueryParam("minSeverity")
  @Parameter(
      description = "At least this severity now.",
      schema = @Schema(enumeration = {"low", "medium", "high"}))
  @Nullable String minSeverity;

  @QueryParam("environment")
  @Parameter(description = "Environment of the mesh.")
  @Nullable String environment;

  @QueryParam("owner")
  @Parameter(description = "Owner of the dataset.")
  @Nullable String owner;

  @QueryParam("assignee")
  @Parameter(description = "Who works on it.")
  @Nullable String assignee;

  @QueryParam("feedback")
  @Parameter(
      description = "A person's judgement.",
      schema = @Schema(enumeration = {"expected", "false_positive", "confirmed"}))
  @Nullable String feedback;

  @QueryParam("days")
  @Parameter(description = "Opened within the last days, 1 to 3650; instead of from.")
  @Nullable String days;

  @QueryParam("from")
  @Parameter(description = "Opened at or after this time, ISO 8601 with zone.")
  @Nullable String from;

  @QueryParam("to")
  @Parameter(description = "Opened before this time, ISO 8601 with zone.")
  @Nullable String to;

  Where where(UriInfo uri, Instant now) {
    String least = Values.word("minSeverity", minSeverity, SEVERITIES);
    String standing = Values.word("state", state, STATES);
    Where where =
        new Where()
            .equal("i.source", Values.text("source", source))
            .equal("i.schema_name", Values.schema(uri))
            .equal("i.table_name", Values.text("table", table))
            .equal("i.dataset_name", Values.dataset("dataset", dataset))
            .equal("i.column_name", Values.text("column", column))
            .equal("i.metric_group", Values.text("group", group))
            .equal("i.severity", Values.word("severity", severity, SEVERITIES))
            .anyOf(
                "i.severity",
                least == null ? null : SEVERITIES.subList(SEVERITIES.indexOf(least), 3))
            .equal("i.environment", Values.text("environment", environment))
            .equal("i.owner", Values.text("owner", owner))
            .equal("i.assignee", Values.text("assignee", assignee))
            .equal("i.feedback", Values.word("feedback", feedback, FEEDBACK))
            .from("i.opened_at", Values.from(days, from, now))
            .before("i.opened_at", Values.instant("to", to));
    if (standing == null) {
      return where;
    }
    return where.and(standing.equals("open") ? "i.state <> 'resolved'" : "i.state = 'resolved'");
  }
}
