package io.profilemesh.cli.query;

import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import java.util.List;

/** Columns of incident and policy listings. */
public final class IncidentColumns {

  /** Incidents of any datasets. */
  public static final List<Column> INCIDENTS =
      List.of(
          Column.text("incidentId", "INCIDENT"),
          Column.instant("openedAt", "OPENED (UTC)"),
          Column.text("state", "STATE"),
          Column.text("severity", "SEVERITY"),
          Column.text("highestSeverity", "HIGHEST").only(Where.CSV_ONLY),
          Column.text("datasetId", "DATASET"),
          Column.text("column", "COLUMN"),
          Column.text("group", "GROUP"),
          Column.number("runs", "RUNS"),
          Column.instant("updatedAt", "UPDATED (UTC)").only(Where.CSV_ONLY),
          Column.instant("resolvedAt", "RESOLVED (UTC)").only(Where.CSV_ONLY),
          Column.text("owner", "OWNER").only(Where.CSV_ONLY),
          Column.text("acknowledgedBy", "SEEN BY").only(Where.CSV_ONLY),
          Column.text("assignee", "ASSIGNEE"),
          Column.instant("mutedUntil", "MUTED (UTC)").only(Where.CSV_ONLY),
          Column.text("feedback", "FEEDBACK"),
          Column.text("message", "WHAT"));

  /** Policies. */
  public static final List<Column> POLICIES =
      List.of(
          Column.text("policyId", "POLICY"),
          Column.number("rank", "RANK"),
          Column.text("enabled", "ENABLED"),
          Column.number("version", "VERSION"),
          Column.text("updatedBy", "BY"),
          Column.instant("updatedAt", "UPDATED (UTC)"));

  private IncidentColumns() {}
}
