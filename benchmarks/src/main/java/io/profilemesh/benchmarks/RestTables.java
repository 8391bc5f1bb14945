package io.profilemesh.benchmarks;

import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.months.Months;
import io.profilemesh.stack.PostgresEndpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Metadata tables as they are after many runs: each of the tables watched has 300 runs over the
 * last 90 days, 16 columns with 20 metrics each, a verdict per run, three steps per run, and a
 * drift event every tenth run. The last runs of each have histograms, quantiles and frequent values
 * too. Filled by SQL, indexes last.
 */
final class RestTables {

  static final int RUNS_PER_TABLE = 300;
  static final int COLUMNS = 16;
  static final int METRICS = 20;
  static final int DAYS = 90;

  private static final int RUNS_WITH_DISTRIBUTIONS = 3;

  private static final String RUNS =
      """
      INSERT INTO profilemesh_runs (run_id, dataset_name, source, schema_name, table_name,
        environment, request_id, requester, trigger, requested_at, started_at, event_rank, attempt,
        last_event_at, last_event_id, error_code, duration_ms, rows_read, profile_attempt,
        profiled_at, profile_ended_at, snapshot, row_count, row_count_quality, column_count,
        rows_scanned, bytes_scanned, schema_fingerprint, hash_key_id, profile_parts)
      SELECT md5('run' || i)::uuid, 'shop/public/t_' || i %% %1$d, 'shop', 'public',
        't_' || i %% %1$d, 'production', 'request-' || i, 'scheduler', 'schedule', at,
        at + interval '1 second', CASE WHEN failed THEN 5 ELSE 6 END, 1, at + interval '9 seconds',
        md5('completed' || i), CASE WHEN failed THEN 'SOURCE_UNAVAILABLE' END, 8000, 100000,
        CASE WHEN NOT failed THEN 1 END, CASE WHEN NOT failed THEN at END,
        CASE WHEN NOT failed THEN at + interval '8 seconds' END, 'snapshot-' || i, 100000 + i,
        'exact', 16, 100000, 12345678, md5('fingerprint' || i %% %1$d), 'key', 1
      FROM (SELECT i, i %% 97 = 5 AS failed,
                   now() - interval '90 days' + (i / %1$d) * interval '90 days' / 300
                     + (i %% %1$d) * interval '1 second' AS at
              FROM generate_series(0, %2$d) i) numbered
      """;

  private static final String MEASURED =
      """
      INSERT INTO profilemesh_column_profiles (run_id, dataset_name, column_name, profiled_at,
        ordinal, data_type, column_type, nullable, value_policy, metric_names, metric_values,
        histogram, quantiles, frequent_values)
      SELECT r.run_id, r.dataset_name, CASE WHEN c = 0 THEN '' ELSE 'column_' || c END,
        r.profiled_at, c, CASE WHEN c > 0 THEN 'numeric(10,2)' END,
        CASE WHEN c > 0 THEN 'decimal' END, CASE WHEN c > 0 THEN true END,
        CASE WHEN c > 0 THEN 'redacted' END, ARRAY[%s], ARRAY[%s],
        CASE WHEN c > 0 AND recent THEN d.histogram END,
        CASE WHEN c > 0 AND recent THEN d.quantiles END,
        CASE WHEN c > 0 AND recent THEN d.frequent END
      FROM (SELECT r.*, r.profiled_at > now() - %d * interval '90 days' / 300 AS recent
              FROM profilemesh_runs r WHERE r.profiled_at IS NOT NULL) r
      CROSS JOIN generate_series(0, 16) c
      CROSS JOIN (SELECT
        jsonb_build_object('edges', (SELECT jsonb_agg(i * 1.5) FROM generate_series(0, 32) i),
          'counts', (SELECT jsonb_agg(i * 100) FROM generate_series(1, 32) i), 'quality', 'exact')
          AS histogram,
        jsonb_build_object('ranks', (SELECT jsonb_agg(i * 0.05) FROM generate_series(1, 19) i),
          'values', (SELECT jsonb_agg(i * 2.5) FROM generate_series(1, 19) i), 'rankError', 0.01)
          AS quantiles,
        jsonb_build_object('values', (SELECT jsonb_agg(jsonb_build_object('hash', md5(i::text),
          'count', i * 10, 'countError', 0)) FROM generate_series(1, 10) i), 'total', 100000,
          'quality', 'exact') AS frequent) d
      """;

  private static final String VERDICTS =
      """
      INSERT INTO profilemesh_verdicts (run_id, dataset_name, source, schema_name, table_name,
        environment, request_id, profiled_at, outcome, strategy, policy_version, low_findings,
        medium_findings, high_findings, open_incidents, not_evaluated, judgements)
      SELECT run_id, dataset_name, source, schema_name, table_name, environment, request_id,
        profiled_at, 'no_drift', 'auto', 0, 0, 0, 0, 0, '[]', '[]'
      FROM profilemesh_runs WHERE profiled_at IS NOT NULL
      """;

  private static final String STEPS =
      """
      INSERT INTO profilemesh_events (event_id, event_type, "timestamp", run_id, dataset_name,
        source, schema_name, table_name, environment, request_id, attempt, message, metadata)
      SELECT md5(step || run_id::text), step, requested_at, run_id, dataset_name, source,
        schema_name, table_name, environment, request_id, 1, 'A step of a run.',
        '{"trigger": "schedule"}'
      FROM profilemesh_runs
      CROSS JOIN unnest(ARRAY['run_accepted', 'run_started', 'run_completed']) AS step
      """;

  private static final String DRIFT =
      """
      INSERT INTO profilemesh_events (event_id, event_type, "timestamp", run_id, dataset_name,
        source, schema_name, table_name, environment, request_id, column_name, metric_name,
        drift_kind, detector, baseline_value, current_value, change_absolute, change_percent,
        drift_severity, incident_id, incident_state, policy_version, message, metadata)
      SELECT md5('drift' || run_id), 'drift', profiled_at, run_id, dataset_name, source,
        schema_name, table_name, environment, request_id, 'column_3', 'mean', 'value', 'forecast',
        10, 12, 2, 20, (ARRAY['low', 'medium', 'high'])[1 + number %% 3], md5('incident' || run_id),
        'opened', 0, 'The mean of column_3 went from 10 to 12.', '{"effect": 0.4}'
      FROM (SELECT *, row_number() OVER () AS number FROM profilemesh_runs
             WHERE profiled_at IS NOT NULL) numbered
      WHERE number %% 10 = 0
      """;

  private static final String STATES =
      """
      INSERT INTO profilemesh_table_state (dataset_name, source, schema_name, table_name,
        environment, last_run_id, last_profiled_at, row_count, column_count)
      SELECT DISTINCT ON (dataset_name) dataset_name, source, schema_name, table_name, environment,
        run_id, profiled_at, row_count, column_count
      FROM profilemesh_runs WHERE profiled_at IS NOT NULL
      ORDER BY dataset_name, profiled_at DESC
      """;

  private static final List<String> FILLED =
      List.of(
          "profilemesh_runs",
          "profilemesh_column_profiles",
          "profilemesh_verdicts",
          "profilemesh_events");

  private RestTables() {}

  /** Fills empty tables with that many runs; gives the number of tables they are of. */
  static int fill(PostgresEndpoint database, int runs) throws SQLException {
    int tables = Math.max(1, runs / RUNS_PER_TABLE);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = off");
      statement.execute("SET maintenance_work_mem = '256MB'");
      statement.execute("SELECT setseed(0.42)");
      Months.add(
          connection,
          List.of(MonthlyTable.RESULTS, MonthlyTable.EVENTS),
          IntStream.rangeClosed(0, DAYS)
              .mapToObj(day -> Instant.now().minus(Duration.ofDays(day)))
              .toList());
      List<String> indexes = takeIndexes(statement);
      step(statement, "runs", RUNS.formatted(tables, tables * RUNS_PER_TABLE - 1));
      step(statement, "columns", MEASURED.formatted(names(), values(), RUNS_WITH_DISTRIBUTIONS));
      step(statement, "verdicts", VERDICTS);
      step(statement, "steps", STEPS);
      step(statement, "drift events", DRIFT.formatted());
      step(statement, "states", STATES);
      for (String index : indexes) {
        step(statement, "index", index);
      }
      step(statement, "statistics", "VACUUM (ANALYZE) " + String.join(", ", FILLED));
    }
    return tables;
  }

  private static void step(Statement statement, String name, String sql) throws SQLException {
    long start = System.nanoTime();
    statement.execute(sql);
    System.err.printf("filling: %s in %.1f s%n", name, (System.nanoTime() - start) / 1e9);
  }

  /** Drops foreign keys of and to them, indexes, primary keys; gives what makes them again. */
  private static List<String> takeIndexes(Statement statement) throws SQLException {
    String tables = FILLED.stream().collect(Collectors.joining("', '", "('", "')"));
    List<String> drops = new ArrayList<>();
    List<String> makes = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT k.conrelid::regclass, quote_ident(k.conname), pg_get_constraintdef(k.oid)"
                + " FROM pg_constraint k WHERE k.contype IN ('p', 'f') AND k.conparentid = 0"
                + " AND (k.conrelid::regclass::text IN "
                + tables
                + " OR k.confrelid::regclass::text IN "
                + tables
                + ") ORDER BY k.contype = 'p', k.conname")) {
      while (rows.next()) {
        String alter = "ALTER TABLE " + rows.getString(1);
        drops.add(alter + " DROP CONSTRAINT " + rows.getString(2));
        makes.add(alter + " ADD CONSTRAINT " + rows.getString(2) + " " + rows.getString(3));
      }
    }
    // Primary keys before the foreign keys that need them.
    Collections.reverse(makes);
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT i.indexrelid::regclass, pg_get_indexdef(i.indexrelid) FROM pg_index i"
                + " WHERE NOT i.indisprimary AND i.indrelid::regclass::text IN "
                + tables)) {
      while (rows.next()) {
        drops.add("DROP INDEX " + rows.getString(1));
        // Of a table in partitions: again on each of them.
        makes.add(rows.getString(2).replace(" ON ONLY ", " ON "));
      }
    }
    for (String drop : drops) {
      statement.execute(drop);
    }
    return makes;
  }

  private static String names() {
    return IntStream.range(0, METRICS)
        .mapToObj(i -> i == 0 ? "'mean'" : "'metric_name_" + i + "'")
        .collect(Collectors.joining(", "));
  }

  private static String values() {
    return IntStream.range(0, METRICS)
        .mapToObj(i -> "random() * " + (i + 1) * 100)
        .collect(Collectors.joining(", "));
  }
}
