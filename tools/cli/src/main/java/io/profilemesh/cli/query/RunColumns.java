package io.profilemesh.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import io.profilemesh.cli.output.Formats;
import java.util.List;

/** Columns of run listings. */
public final class RunColumns {

  /** Rows of the table; a tilde before what is not exact. */
  public static final Column ROWS =
      Column.number("rowCount", "ROWS")
          .from(run -> run)
          .shown(RunColumns::rows)
          .only(Where.TABLE_ONLY);

  /** Runs of any datasets. */
  public static final List<Column> RUNS =
      List.of(
          Column.text("runId", "RUN"),
          Column.instant("requestedAt", "REQUESTED (UTC)"),
          Column.text("datasetId", "DATASET"),
          Column.text("source", "SOURCE").only(Where.CSV_ONLY),
          Column.text("schema", "SCHEMA").only(Where.CSV_ONLY),
          Column.text("table", "TABLE").only(Where.CSV_ONLY),
          Column.text("slice", "SLICE").only(Where.CSV_ONLY),
          Column.text("status", "STATUS"),
          ROWS,
          Column.number("rowCount", "ROWS").only(Where.CSV_ONLY),
          Column.text("rowCountQuality", "QUALITY").only(Where.CSV_ONLY),
          Column.number("columnCount", "COLUMNS"),
          Column.milliseconds("durationMs", "TOOK"),
          Column.text("environment", "ENVIRONMENT").only(Where.CSV_ONLY),
          Column.instant("profiledAt", "PROFILED (UTC)").only(Where.CSV_ONLY),
          Column.number("rowsScanned", "ROWS SCANNED").only(Where.CSV_ONLY),
          Column.number("bytesScanned", "BYTES SCANNED").only(Where.CSV_ONLY),
          Column.text("requestId", "REQUEST").only(Where.CSV_ONLY),
          Column.text("requester", "REQUESTER").only(Where.CSV_ONLY),
          Column.text("reason", "REASON").only(Where.CSV_ONLY),
          Column.text("errorCode", "PROBLEM"),
          Column.text("errorMessage", "MESSAGE").only(Where.CSV_ONLY));

  private RunColumns() {}

  private static String rows(JsonNode run) {
    String rows = Formats.number(run.path("rowCount"));
    String quality = Formats.text(run.path("rowCountQuality"));
    return rows.isEmpty() || quality.isEmpty() || quality.equals("exact") ? rows : "~" + rows;
  }
}
