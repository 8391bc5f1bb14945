package io.profilemesh.query.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Questions about tables and their past. */
public final class Tables {

  private static final List<String> KEY = List.of("t.dataset_name");
  private static final List<String> KEY_TYPE = List.of("text");

  private static final String WITH_NOTES =
      "profilemesh_table_state t LEFT JOIN profilemesh_table_notes n"
          + " ON n.source = t.source COLLATE \"C\""
          + " AND n.schema_name = t.schema_name COLLATE \"C\""
          + " AND n.table_name = t.table_name COLLATE \"C\"";

  private static final Listing<TableSummary> SUMMARIES =
      new Listing<>(
          "t.*, COALESCE(n.owner, t.owner) AS shown_owner, COALESCE(n.tags, t.tags) AS shown_tags",
          WITH_NOTES,
          Belonging.toTables("t"),
          KEY,
          KEY_TYPE,
          false,
          Tables::summary,
          table -> List.of(table.datasetId()));

  private static final Listing<TableState> STATES =
      new Listing<>(
          "t.*",
          WITH_NOTES,
          Belonging.toTables("t"),
          KEY,
          KEY_TYPE,
          false,
          Tables::state,
          table -> List.of(table.datasetId()));

  private static final Listing<HistoryEntry> HISTORY =
      new Listing<>(
          "r.run_id, r.dataset_name, r.status, r.profiled_at, r.row_count, r.column_count,"
              + " r.bytes_scanned, r.duration_ms, r.schema_fingerprint, v.outcome,"
              + " v.low_findings, v.medium_findings, v.high_findings",
          "profilemesh_runs r LEFT JOIN profilemesh_verdicts v USING (run_id, dataset_name)",
          Belonging.toTables("r"),
          List.of("r.profiled_at", "r.run_id"),
          List.of("timestamptz", "uuid"),
          true,
          Tables::entry,
          entry -> List.of(entry.profiledAt().toString(), entry.runId().toString()));

  private static final String VALUES =
      "SELECT c.run_id, "
          + Metrics.COLUMNS
          + " FROM profilemesh_column_profiles c"
          + " WHERE c.run_id = ANY (?) AND c.dataset_name = ? AND c.column_name = ?"
          + " AND c.profiled_at BETWEEN ? AND ?";

  private Tables() {}

  /** Datasets by name; conditions speak of {@code t}. */
  public static Question<Page<TableSummary>> byName(Where where, PageRequest request) {
    return sight -> Pages.read(sight, SUMMARIES, where, request);
  }

  /** States of datasets by name; conditions speak of {@code t}. */
  public static Question<Page<TableState>> states(Where where, PageRequest request) {
    return sight -> Pages.read(sight, STATES, where, request);
  }

  /**
   * Profiles of a dataset, newest first; conditions speak of {@code r}.
   *
   * @param column column whose metrics to give; null: the table's own
   * @param metric the only metric to give; null: all
   */
  public static Question<Page<HistoryEntry>> history(
      String datasetId,
      @Nullable String column,
      @Nullable String metric,
      Where where,
      PageRequest request) {
    Where profiled =
        where.copy().and("r.profiled_at IS NOT NULL").and("r.dataset_name = ?", datasetId);
    return sight -> {
      Page<HistoryEntry> page = Pages.read(sight, HISTORY, profiled, request);
      Map<UUID, List<MetricReading>> values =
          values(sight.connection(), datasetId, column, metric, page.items());
      return page.map(items -> withValues(items, column, values));
    };
  }

  private static Map<UUID, List<MetricReading>> values(
      Connection connection,
      String datasetId,
      @Nullable String column,
      @Nullable String metric,
      List<HistoryEntry> entries)
      throws SQLException {
    Map<UUID, List<MetricReading>> values = new HashMap<>();
    if (entries.isEmpty()) {
      return values;
    }
    List<Instant> instants = entries.stream().map(HistoryEntry::profiledAt).sorted().toList();
    try (PreparedStatement statement = connection.prepareStatement(VALUES)) {
      Object[] runs = entries.stream().map(HistoryEntry::runId).toArray();
      statement.setArray(1, connection.createArrayOf("uuid", runs));
      statement.setString(2, datasetId);
      statement.setString(3, column == null ? "" : column);
      Where.bind(statement, 4, instants.get(0));
      Where.bind(statement, 5, instants.get(instants.size() - 1));
      try (ResultSet rows = statement.executeQuery()) {
        Fields row = new Fields(rows);
        while (row.next()) {
          values.put(UUID.fromString(row.text("run_id")), Metrics.read(row, metric));
        }
      }
    }
    return values;
  }

  private static List<HistoryEntry> withValues(
      List<HistoryEntry> entries, @Nullable String column, Map<UUID, List<MetricReading>> values) {
    List<HistoryEntry> filled = new ArrayList<>(entries.size());
    for (HistoryEntry one : entries) {
      filled.add(
          new HistoryEntry(
              one.runId(),
              one.datasetId(),
              one.status(),
              one.profiledAt(),
              one.rowCount(),
              one.columnCount(),
              one.bytesScanned(),
              one.durationMs(),
              one.schemaFingerprint(),
              one.outcome(),
              one.lowFindings(),
              one.mediumFindings(),
              one.highFindings(),
              column,
              values.getOrDefault(one.runId(), List.of())));
    }
    return filled;
  }

  private static HistoryEntry entry(Fields row) throws SQLException {
    return new HistoryEntry(
        UUID.fromString(row.text("run_id")),
        row.text("dataset_name"),
        row.text("status"),
        row.instant("profiled_at"),
        row.wholeOrNull("row_count"),
        row.intOrNull("column_count"),
        row.wholeOrNull("bytes_scanned"),
        row.wholeOrNull("duration_ms"),
        row.textOrNull("schema_fingerprint"),
        row.textOrNull("outcome"),
        row.intOrNull("low_findings"),
        row.intOrNull("medium_findings"),
        row.intOrNull("high_findings"),
        null,
        List.of());
  }

  private static TableSummary summary(Fields row) throws SQLException {
    return new TableSummary(
        row.text("dataset_name"),
        row.text("source"),
        row.text("schema_name"),
        row.text("table_name"),
        row.textOrNull("slice"),
        row.text("environment"),
        run(row),
        row.instantOrNull("last_profiled_at"),
        row.wholeOrNull("row_count"),
        row.intOrNull("column_count"),
        row.wholeOrNull("bytes"),
        row.textOrNull("shown_owner"),
        row.texts("shown_tags"),
        row.textOrNull("outcome"),
        row.intOrNull("low_findings"),
        row.intOrNull("medium_findings"),
        row.intOrNull("high_findings"),
        row.intOrNull("open_incidents"));
  }

  private static TableState state(Fields row) throws SQLException {
    return new TableState(
        row.text("dataset_name"),
        row.text("source"),
        row.text("schema_name"),
        row.text("table_name"),
        row.textOrNull("slice"),
        row.text("environment"),
        run(row),
        row.instantOrNull("last_profiled_at"),
        row.textOrNull("snapshot_id"),
        row.textOrNull("change_token"),
        row.textOrNull("decision"),
        row.textOrNull("decision_reason"),
        row.instantOrNull("decided_at"),
        row.instantOrNull("next_run_expected_at"),
        row.wholeOrNull("staleness_ms"),
        row.wholeOrNull("row_count"),
        row.wholeOrNull("bytes"),
        row.textOrNull("schema_fingerprint"));
  }

  private static @Nullable UUID run(Fields row) throws SQLException {
    String id = row.textOrNull("last_run_id");
    return id == null ? null : UUID.fromString(id);
  }
}
