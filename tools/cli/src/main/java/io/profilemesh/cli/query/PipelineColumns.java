package io.profilemesh.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import java.util.List;
import java.util.function.Function;

/** Columns of pipelines, their runs, and states of tables. */
public final class PipelineColumns {

  /** Pipelines. */
  public static final List<Column> PIPELINES =
      List.of(
          Column.text("name", "PIPELINE"),
          Column.text("status", "STATUS"),
          Column.text("cron", "CRON"),
          Column.text("zone", "ZONE"),
          Column.text("missed", "MISSED").only(Where.CSV_ONLY),
          Column.instant("nextAt", "NEXT (UTC)"),
          Column.instant("lastRequestedAt", "LAST (UTC)").from(last("requestedAt")),
          Column.text("lastStatus", "LAST STATUS").from(last("status")),
          Column.number("totalCompleted", "COMPLETED").from(total("completed")),
          Column.number("totalFailed", "FAILED").from(total("failed")),
          Column.number("totalSkipped", "SKIPPED").from(total("skipped")),
          Column.number("missedCount", "FIRINGS MISSED").only(Where.CSV_ONLY),
          Column.text("source", "SOURCE").only(Where.CSV_ONLY),
          Column.text("owner", "OWNER").only(Where.CSV_ONLY));

  /** Firings, and requests for several tables. */
  public static final List<Column> RUNS =
      List.of(
          Column.text("requestId", "REQUEST"),
          Column.text("pipeline", "PIPELINE"),
          Column.text("trigger", "TRIGGER"),
          Column.text("status", "STATUS"),
          Column.instant("requestedAt", "REQUESTED (UTC)"),
          Column.instant("endedAt", "ENDED (UTC)"),
          Column.number("datasets", "RUNS"),
          Column.number("completed", "COMPLETED").from(run("completed")),
          Column.number("failed", "FAILED").from(run("failed")),
          Column.number("skipped", "SKIPPED").from(run("skipped")),
          Column.number("open", "OPEN").from(run("open")),
          Column.number("rowsScanned", "ROWS READ"),
          Column.text("requester", "REQUESTER").only(Where.CSV_ONLY));

  /** Last states of tables. */
  public static final List<Column> STATES =
      List.of(
          Column.text("datasetId", "DATASET"),
          Column.instant("lastProfiledAt", "PROFILED (UTC)"),
          Column.number("rowCount", "ROWS"),
          Column.number("bytes", "BYTES"),
          Column.milliseconds("stalenessMs", "DATA AGE"),
          Column.text("decision", "DECISION"),
          Column.instant("decidedAt", "DECIDED (UTC)"),
          Column.text("decisionReason", "WHY"),
          Column.text("changeToken", "TOKEN").only(Where.CSV_ONLY),
          Column.text("lastRunId", "RUN").only(Where.CSV_ONLY));

  private PipelineColumns() {}

  private static Function<JsonNode, JsonNode> last(String field) {
    return pipeline -> pipeline.path("lastRun").path(field);
  }

  private static Function<JsonNode, JsonNode> total(String field) {
    return pipeline -> pipeline.path("totals").path(field);
  }

  private static Function<JsonNode, JsonNode> run(String field) {
    return pipeline -> pipeline.path("runs").path(field);
  }
}
