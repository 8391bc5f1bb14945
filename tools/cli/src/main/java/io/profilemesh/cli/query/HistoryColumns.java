package io.profilemesh.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import java.util.ArrayList;
import java.util.List;

/** Columns of a table's history. */
public final class HistoryColumns {

  /** One row per run. */
  public static final List<Column> RUNS =
      List.of(
          Column.instant("profiledAt", "PROFILED (UTC)"),
          Column.number("rowCount", "ROWS"),
          Column.number("columnCount", "COLUMNS"),
          Column.milliseconds("durationMs", "TOOK"),
          Column.number("bytesScanned", "BYTES SCANNED").only(Where.CSV_ONLY),
          Column.text("outcome", "VERDICT"),
          Column.number("highFindings", "HIGH"),
          Column.number("mediumFindings", "MEDIUM"),
          Column.number("lowFindings", "LOW"),
          Column.text("schemaFingerprint", "SCHEMA").only(Where.CSV_ONLY),
          Column.text("runId", "RUN"));

  /** One row per run and metric. */
  public static final List<Column> METRICS =
      List.of(
          Column.instant("profiledAt", "PROFILED (UTC)"),
          Column.text("column", "COLUMN"),
          Column.text("metric", "METRIC"),
          MetricRows.SHOWN,
          Column.number("value", "VALUE").only(Where.CSV_ONLY),
          Column.text("text", "TEXT").only(Where.CSV_ONLY),
          Column.text("quality", "QUALITY"),
          Column.number("lower", "LOWER").only(Where.CSV_ONLY),
          Column.number("upper", "UPPER").only(Where.CSV_ONLY),
          Column.text("runId", "RUN"));

  private HistoryColumns() {}

  /** The metrics of an entry, a row each. */
  public static List<ObjectNode> metrics(JsonNode entry) {
    List<ObjectNode> rows = new ArrayList<>();
    for (JsonNode metric : entry.path("metrics")) {
      ObjectNode row = metric.deepCopy();
      row.set("profiledAt", entry.path("profiledAt"));
      row.set("runId", entry.path("runId"));
      row.set("column", entry.path("column"));
      rows.add(row);
    }
    return rows;
  }
}
