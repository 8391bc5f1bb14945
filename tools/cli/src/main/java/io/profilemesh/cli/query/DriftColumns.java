package io.profilemesh.cli.query;

import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import java.util.List;

/** Columns of drift event listings. */
public final class DriftColumns {

  /** Drift events of any datasets. */
  public static final List<Column> EVENTS =
      List.of(
          Column.text("eventId", "EVENT").only(Where.CSV_ONLY),
          Column.instant("profiledAt", "PROFILED (UTC)"),
          Column.text("severity", "SEVERITY"),
          Column.text("datasetId", "DATASET"),
          Column.text("runId", "RUN").only(Where.CSV_ONLY),
          Column.text("kind", "KIND").only(Where.CSV_ONLY),
          Column.text("column", "COLUMN"),
          Column.text("metric", "METRIC"),
          Column.text("detector", "DETECTOR").only(Where.CSV_ONLY),
          Column.number("baselineValue", "BEFORE").only(Where.CSV_ONLY),
          Column.text("baselineText", "BEFORE").only(Where.CSV_ONLY),
          Column.number("currentValue", "NOW").only(Where.CSV_ONLY),
          Column.text("currentText", "NOW").only(Where.CSV_ONLY),
          Column.number("changePercent", "CHANGE %").only(Where.CSV_ONLY),
          Column.text("incidentState", "INCIDENT"),
          Column.text("incidentId", "INCIDENT ID").only(Where.CSV_ONLY),
          Column.text("message", "WHAT"));

  private DriftColumns() {}
}
