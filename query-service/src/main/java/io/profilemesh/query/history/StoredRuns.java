package io.profilemesh.query.history;

import io.profilemesh.core.drift.KnownChanges;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Questions about runs whose profiles are stored, for judging them again. */
public final class StoredRuns {

  private static final Belonging TABLES = Belonging.toTables("r");

  private static final String COLUMNS =
      "SELECT r.run_id, r.dataset_name, r.environment, r.request_id, r.requester, r.owner, r.tags,"
          + " r.profiled_at, COALESCE(r.profile_ended_at, r.profiled_at) AS ended, r.slice_start,"
          + " r.slice_end, r.row_count, r.row_count_quality, r.column_count"
          + " FROM profilemesh_runs r";

  /** Retention may have dropped what was measured; looked up run by run. */
  private static final String MEASURED =
      "r.profiled_at IS NOT NULL AND EXISTS (SELECT 1 FROM profilemesh_column_profiles c"
          + " WHERE c.run_id = r.run_id AND c.dataset_name = r.dataset_name"
          + " AND c.column_name = '' AND c.profiled_at = r.profiled_at OFFSET 0)";

  private static final String OF_DATASET =
      COLUMNS + " WHERE " + MEASURED + " AND r.dataset_name = ?";

  private static final String NEWEST = " ORDER BY r.profiled_at DESC, r.run_id DESC LIMIT 1";

  private static final String BEFORE =
      OF_DATASET
          + " AND (COALESCE(r.profile_ended_at, r.profiled_at), r.run_id) < (?, ?)"
          + " AND (COALESCE(r.profile_ended_at, r.profiled_at) > ? OR EXISTS ("
          + "SELECT 1 FROM profilemesh_drift_commands c WHERE c.dataset_name = r.dataset_name"
          + " AND c.kind = 'seed' AND c.run_id = r.run_id"
          + " AND c.issued_at > ? AND c.issued_at <= ?))"
          + " ORDER BY r.profiled_at DESC, r.run_id DESC LIMIT ?";

  private static final String WITHIN =
      OF_DATASET
          + " AND COALESCE(r.slice_start, r.profiled_at) >= ?"
          + " AND COALESCE(r.slice_start, r.profiled_at) < ?"
          + " ORDER BY COALESCE(r.slice_start, r.profiled_at) DESC, r.run_id DESC LIMIT ?";

  private static final String FORGOTTEN =
      "SELECT max(issued_at) FROM profilemesh_drift_commands"
          + " WHERE dataset_name = ? AND kind = 'forget' AND issued_at <= ?";

  private static final String PIN =
      "SELECT kind, run_id FROM profilemesh_drift_commands"
          + " WHERE dataset_name = ? AND kind IN ('pin', 'unpin', 'forget')"
          + " ORDER BY issued_at DESC, command_id DESC LIMIT 1";

  private static final String EXPECTED =
      """
      SELECT i.column_name, i.metric_group, COALESCE(r.slice_start, r.profiled_at) AS since
        FROM profilemesh_incidents i
        JOIN profilemesh_runs r ON r.run_id = i.first_run_id AND r.dataset_name = i.dataset_name
       WHERE i.dataset_name = ? AND i.feedback = 'expected' AND r.profiled_at IS NOT NULL
         AND EXISTS (SELECT 1 FROM profilemesh_drift_commands c
                      WHERE c.incident_id = i.incident_id AND c.kind = 'feedback'
                        AND c.issued_at <= ?)
      """;

  private static final String CONFIRMED =
      """
      SELECT i.first_run_id FROM profilemesh_incidents i
       WHERE i.dataset_name = ? AND i.feedback = 'confirmed' AND i.first_run_id IS NOT NULL
      UNION
      SELECT i.last_run_id FROM profilemesh_incidents i
       WHERE i.dataset_name = ? AND i.feedback = 'confirmed' AND i.state <> 'resolved'
         AND i.last_run_id IS NOT NULL
      UNION
      SELECT e.run_id FROM profilemesh_incidents i
        JOIN profilemesh_events e USING (incident_id)
       WHERE i.dataset_name = ? AND i.feedback = 'confirmed' AND e.run_id IS NOT NULL
         AND e.incident_state <> 'resolved'
      """;

  private static final String DATASETS =
      "SELECT DISTINCT r.dataset_name FROM profilemesh_runs r%s"
          + " ORDER BY r.dataset_name LIMIT 100000";

  private static final String PLACE = "COALESCE(r.slice_start, r.profiled_at)";

  private StoredRuns() {}

  /** Datasets with stored profiles of a period, by name. */
  public static Question<List<String>> datasets(Instant from, Instant to) {
    Where where = new Where().and("r.profiled_at IS NOT NULL").from(PLACE, from).before(PLACE, to);
    return sight -> {
      List<String> datasets = new ArrayList<>();
      Where visible = sight.narrowed(where, TABLES);
      try (PreparedStatement statement = sight.prepare(DATASETS.formatted(visible.sql()))) {
        visible.bind(statement);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            datasets.add(rows.getString(1));
          }
        }
      }
      return datasets;
    };
  }

  /** A run of a dataset; empty: there is none, or its profile is not stored. */
  public static Question<Optional<StoredRun>> one(UUID run, String datasetId) {
    return first(
        new Where().and(MEASURED).equal("r.dataset_name", datasetId).equal("r.run_id", run));
  }

  /** The newest run of a dataset. */
  public static Question<Optional<StoredRun>> newest(String datasetId) {
    return first(new Where().and(MEASURED).equal("r.dataset_name", datasetId));
  }

  private static Question<Optional<StoredRun>> first(Where where) {
    return sight -> {
      Where visible = sight.narrowed(where, TABLES);
      try (PreparedStatement statement = sight.prepare(COLUMNS + visible.sql() + NEWEST)) {
        visible.bind(statement);
        return read(statement).stream().findFirst();
      }
    };
  }

  /**
   * Runs that came before one, the newest first, as far back as they were not forgotten, or
   * remembered again.
   */
  public static List<StoredRun> before(Connection connection, StoredRun run, int most)
      throws SQLException {
    Instant forgotten = forgotten(connection, run.datasetId(), run.endedAt());
    try (PreparedStatement statement = connection.prepareStatement(BEFORE)) {
      statement.setString(1, run.datasetId());
      instant(statement, 2, run.endedAt());
      statement.setObject(3, run.runId());
      instant(statement, 4, forgotten);
      instant(statement, 5, forgotten);
      instant(statement, 6, run.endedAt());
      statement.setInt(7, most);
      return read(statement);
    }
  }

  /** Runs of a dataset whose place in time is within a period, the newest first. */
  public static List<StoredRun> within(
      Connection connection, String datasetId, Instant from, Instant to, int most)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WITHIN)) {
      statement.setString(1, datasetId);
      instant(statement, 2, from);
      instant(statement, 3, to);
      statement.setInt(4, most);
      return read(statement);
    }
  }

  /** The run that is pinned as baseline; null: none. */
  public static @Nullable RunId pinned(Connection connection, String datasetId)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PIN)) {
      statement.setString(1, datasetId);
      try (ResultSet rows = statement.executeQuery()) {
        boolean pinned = rows.next() && rows.getString(1).equals("pin");
        String run = pinned ? rows.getString(2) : null;
        return run == null ? null : RunId.parse(run);
      }
    }
  }

  /** Runs of faults that a person confirmed: no baseline is made of them. */
  public static Set<RunId> confirmed(Connection connection, String datasetId) throws SQLException {
    Set<RunId> runs = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(CONFIRMED)) {
      for (int i = 1; i <= 3; i++) {
        statement.setString(i, datasetId);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          runs.add(RunId.parse(rows.getString(1)));
        }
      }
    }
    return runs;
  }

  /** Changes of numbers that people had judged to be expected when a run ended. */
  public static List<KnownChanges.NewLevel> expected(Connection connection, StoredRun run)
      throws SQLException {
    List<KnownChanges.NewLevel> levels = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(EXPECTED)) {
      statement.setString(1, run.datasetId());
      instant(statement, 2, run.endedAt());
      try (ResultSet rows = statement.executeQuery()) {
        Fields row = new Fields(rows);
        while (row.next()) {
          String column = row.textOrNull("column_name");
          Instant since = row.instant("since");
          String word = row.text("metric_group");
          for (MetricGroup group : MetricGroup.values()) {
            if (group.name().equalsIgnoreCase(word) && since.isBefore(run.at())) {
              levels.add(
                  new KnownChanges.NewLevel(
                      column == null ? null : new ColumnName(column), group, since));
            }
          }
        }
      }
    }
    return levels;
  }

  private static Instant forgotten(Connection connection, String datasetId, Instant until)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FORGOTTEN)) {
      statement.setString(1, datasetId);
      instant(statement, 2, until);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        java.time.OffsetDateTime time = rows.getObject(1, java.time.OffsetDateTime.class);
        return time == null ? Instant.EPOCH : time.toInstant();
      }
    }
  }

  private static List<StoredRun> read(PreparedStatement statement) throws SQLException {
    List<StoredRun> runs = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      Fields row = new Fields(rows);
      while (row.next()) {
        runs.add(
            new StoredRun(
                UUID.fromString(row.text("run_id")),
                row.text("dataset_name"),
                row.text("environment"),
                row.text("request_id"),
                row.textOrNull("requester"),
                row.textOrNull("owner"),
                row.texts("tags"),
                row.instant("profiled_at"),
                row.instant("ended"),
                row.instantOrNull("slice_start"),
                row.instantOrNull("slice_end"),
                row.whole("row_count"),
                row.text("row_count_quality"),
                row.number("column_count")));
      }
    }
    return runs;
  }

  private static void instant(PreparedStatement statement, int index, Instant instant)
      throws SQLException {
    statement.setObject(index, instant.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
  }
}
