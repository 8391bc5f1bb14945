package io.profilemesh.cli.query;

import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import java.util.List;

/** Columns of the catalogue's listings. */
public final class CatalogueColumns {

  /** Tables with their newest profile and verdict. */
  public static final List<Column> TABLES =
      List.of(
          Column.text("datasetId", "DATASET"),
          Column.text("source", "SOURCE").only(Where.CSV_ONLY),
          Column.text("schema", "SCHEMA").only(Where.CSV_ONLY),
          Column.text("table", "TABLE").only(Where.CSV_ONLY),
          Column.text("slice", "SLICE").only(Where.CSV_ONLY),
          Column.text("environment", "ENVIRONMENT").only(Where.CSV_ONLY),
          Column.instant("lastProfiledAt", "PROFILED (UTC)"),
          Column.number("rowCount", "ROWS"),
          Column.number("columnCount", "COLUMNS"),
          Column.number("bytes", "BYTES").only(Where.CSV_ONLY),
          Column.text("outcome", "VERDICT"),
          Column.number("highFindings", "HIGH"),
          Column.number("mediumFindings", "MEDIUM"),
          Column.number("lowFindings", "LOW"),
          Column.number("openIncidents", "INCIDENTS"),
          Column.text("owner", "OWNER"),
          Column.text("tags", "TAGS"),
          Column.text("lastRunId", "RUN").only(Where.CSV_ONLY));

  /** Columns of one table. */
  public static final List<Column> COLUMNS =
      List.of(
          Column.number("position", "#"),
          Column.text("column", "COLUMN"),
          Column.text("dataType", "TYPE"),
          Column.text("columnType", "KIND").only(Where.CSV_ONLY),
          Column.text("nullable", "NULLABLE"),
          Column.text("primaryKey", "KEY"),
          Column.text("indexed", "INDEXED"),
          Column.text("defaultValue", "DEFAULT").only(Where.CSV_ONLY),
          Column.text("constraints", "CONSTRAINTS").only(Where.CSV_ONLY),
          Column.text("semanticType", "MEANING"),
          Column.text("active", "THERE"),
          Column.instant("firstSeenAt", "FIRST SEEN (UTC)").only(Where.CSV_ONLY),
          Column.instant("lastSeenAt", "LAST SEEN (UTC)").only(Where.CSV_ONLY),
          Column.text("tags", "TAGS"),
          Column.text("description", "DESCRIPTION"));

  /** What a search found. */
  public static final List<Column> HITS =
      List.of(
          Column.text("kind", "KIND"),
          Column.text("datasetId", "DATASET"),
          Column.text("column", "COLUMN"),
          Column.text("incidentId", "INCIDENT"),
          Column.instant("at", "SEEN (UTC)"),
          Column.text("text", "WHAT"));

  private CatalogueColumns() {}
}
