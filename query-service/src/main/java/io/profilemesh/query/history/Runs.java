package io.profilemesh.query.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Questions about runs. */
public final class Runs {

  private static final String COLUMNS =
      "r.run_id, r.dataset_name, r.source, r.schema_name, r.table_name, r.slice, r.environment,"
          + " r.status, r.requested_at, r.started_at, r.ended_at, r.profiled_at, r.duration_ms,"
          + " r.row_count, r.row_count_quality, r.column_count, r.rows_scanned, r.bytes_scanned,"
          + " r.sampling, r.attempt, r.trigger, r.request_id, r.requester, r.reason, r.owner,"
          + " r.tags, r.error_code, r.error_message, r.pipeline, r.request_datasets, r.plan,"
          + " r.rows_read, r.rows_estimated";

  private static final Belonging TABLES = Belonging.toTables("r");

  private static final Listing<RunSummary> NEWEST =
      new Listing<>(
          COLUMNS,
          "profilemesh_runs r",
          TABLES,
          List.of("r.requested_at", "r.run_id", "r.dataset_name"),
          List.of("timestamptz", "uuid", "text"),
          true,
          Runs::summary,
          run -> List.of(run.requestedAt().toString(), run.runId().toString(), run.datasetId()));

  private static final String DETAILS =
      "SELECT "
          + COLUMNS
          + ", r.profile_ended_at, r.snapshot, r.slice_column, r.slice_start, r.slice_end,"
          + " r.schema_fingerprint, r.next_run_expected_at, r.hash_key_id"
          + " FROM profilemesh_runs r";

  private static final String MEASURED =
      "SELECT c.column_name, c.ordinal, c.data_type, c.column_type, c.nullable, c.description,"
          + " c.semantic_type, c.semantic_confidence, c.value_policy, c.histogram, c.quantiles,"
          + " c.frequent_values, "
          + Metrics.COLUMNS
          + " FROM profilemesh_column_profiles c WHERE c.run_id = ? AND c.dataset_name = ?"
          + " AND c.profiled_at = ?"
          + " ORDER BY c.ordinal, c.column_name";

  private static final String DATASETS =
      "SELECT r.dataset_name FROM profilemesh_runs r%s ORDER BY r.dataset_name LIMIT 101";

  private static final String OF_RUN =
      "SELECT " + COLUMNS + " FROM profilemesh_runs r%s ORDER BY r.dataset_name LIMIT 500";

  private Runs() {}

  /** Runs, newest first; conditions speak of {@code r}. */
  public static Question<Page<RunSummary>> newest(Where where, PageRequest request) {
    return sight -> Pages.read(sight, NEWEST, where, request);
  }

  /** Datasets of a run, in order, at most 101; empty: there is no such run. */
  public static Question<List<String>> datasets(UUID runId) {
    Where where = new Where().equal("r.run_id", runId);
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

  /**
   * The datasets of a run, each with its state, in order; at most 500.
   *
   * @param datasetId only this one; null: all
   */
  public static Question<List<RunSummary>> ofRun(UUID runId, @Nullable String datasetId) {
    Where where = new Where().equal("r.run_id", runId).equal("r.dataset_name", datasetId);
    return sight -> {
      List<RunSummary> runs = new ArrayList<>();
      Where visible = sight.narrowed(where, TABLES);
      try (PreparedStatement statement = sight.prepare(OF_RUN.formatted(visible.sql()))) {
        visible.bind(statement);
        try (ResultSet rows = statement.executeQuery()) {
          Fields row = new Fields(rows);
          while (row.next()) {
            runs.add(summary(row));
          }
        }
      }
      return runs;
    };
  }

  /** A run of one dataset with all that was measured. */
  public static Question<Optional<RunDetails>> details(UUID runId, String datasetId) {
    Where where = new Where().equal("r.run_id", runId).equal("r.dataset_name", datasetId);
    return sight -> {
      Where visible = sight.narrowed(where, TABLES);
      try (PreparedStatement statement = sight.prepare(DETAILS + visible.sql())) {
        visible.bind(statement);
        try (ResultSet rows = statement.executeQuery()) {
          Fields row = new Fields(rows);
          return row.next() ? Optional.of(details(sight.connection(), row)) : Optional.empty();
        }
      }
    };
  }

  private static RunDetails details(Connection connection, Fields row) throws SQLException {
    RunSummary run = summary(row);
    List<MetricReading> metrics = new ArrayList<>();
    List<ColumnReading> columns = new ArrayList<>();
    if (run.profiledAt() != null) {
      measured(connection, run, metrics, columns);
    }
    return new RunDetails(
        run,
        row.instantOrNull("profile_ended_at"),
        row.textOrNull("snapshot"),
        row.textOrNull("slice_column"),
        row.instantOrNull("slice_start"),
        row.instantOrNull("slice_end"),
        row.textOrNull("schema_fingerprint"),
        row.instantOrNull("next_run_expected_at"),
        row.textOrNull("hash_key_id"),
        metrics,
        columns);
  }

  private static void measured(
      Connection connection,
      RunSummary run,
      List<MetricReading> metrics,
      List<ColumnReading> columns)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MEASURED)) {
      statement.setObject(1, run.runId());
      statement.setString(2, run.datasetId());
      Where.bind(statement, 3, Objects.requireNonNull(run.profiledAt()));
      try (ResultSet rows = statement.executeQuery()) {
        Fields row = new Fields(rows);
        while (row.next()) {
          if (row.text("column_name").isEmpty()) {
            metrics.addAll(Metrics.read(row, null));
          } else {
            columns.add(column(row));
          }
        }
      }
    }
  }

  private static ColumnReading column(Fields row) throws SQLException {
    return new ColumnReading(
        row.text("column_name"),
        row.number("ordinal"),
        row.textOrNull("data_type"),
        row.textOrNull("column_type"),
        row.flagOrNull("nullable"),
        row.textOrNull("description"),
        row.textOrNull("semantic_type"),
        row.realOrNull("semantic_confidence"),
        row.textOrNull("value_policy"),
        Metrics.read(row, null),
        row.jsonOrNull("histogram"),
        row.jsonOrNull("quantiles"),
        row.jsonOrNull("frequent_values"));
  }

  private static RunSummary summary(Fields row) throws SQLException {
    return new RunSummary(
        UUID.fromString(row.text("run_id")),
        row.text("dataset_name"),
        row.text("source"),
        row.text("schema_name"),
        row.text("table_name"),
        row.textOrNull("slice"),
        row.text("environment"),
        row.text("status"),
        row.instant("requested_at"),
        row.instantOrNull("started_at"),
        row.instantOrNull("ended_at"),
        row.instantOrNull("profiled_at"),
        row.wholeOrNull("duration_ms"),
        row.wholeOrNull("row_count"),
        row.textOrNull("row_count_quality"),
        row.intOrNull("column_count"),
        row.wholeOrNull("rows_scanned"),
        row.wholeOrNull("bytes_scanned"),
        row.jsonOrNull("sampling"),
        row.number("attempt"),
        row.text("trigger"),
        row.text("request_id"),
        row.textOrNull("requester"),
        row.textOrNull("reason"),
        row.textOrNull("owner"),
        row.texts("tags"),
        row.textOrNull("error_code"),
        row.textOrNull("error_message"),
        row.textOrNull("pipeline"),
        row.intOrNull("request_datasets"),
        row.jsonOrNull("plan"),
        row.wholeOrNull("rows_read"),
        row.wholeOrNull("rows_estimated"),
        progress(row));
  }

  private static @Nullable ScanProgress progress(Fields row) throws SQLException {
    Long rowsRead = row.wholeOrNull("rows_read");
    return rowsRead == null || !row.text("status").equals("running")
        ? null
        : ScanProgress.of(
            rowsRead, row.wholeOrNull("rows_estimated"), row.wholeOrNull("duration_ms"));
  }
}
