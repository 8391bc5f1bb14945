package io.profilemesh.e2e;

import io.profilemesh.stack.PostgresEndpoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the metadata tables say, in the form the invariants compare. */
public final class MetadataTables {

  private final PostgresEndpoint database;

  MetadataTables(PostgresEndpoint database) {
    this.database = database;
  }

  public Map<String, String> runs() {
    return rows(
        "SELECT run_id || ' ' || dataset_name, status || ' ' || COALESCE(row_count::text, 'null')"
            + " FROM profilemesh_runs");
  }

  public Map<String, String> metrics() {
    return rows(
        "SELECT run_id || ' ' || dataset_name || ' ' || column_name || ' ' || metric_name,"
            + " metric_value FROM profilemesh_results WHERE column_name IS NOT NULL");
  }

  public Map<String, String> verdicts() {
    return rows("SELECT run_id || ' ' || dataset_name, upper(outcome) FROM profilemesh_verdicts");
  }

  public Map<String, String> driftEvents() {
    return rows(
        "SELECT event_id, upper(drift_severity) FROM profilemesh_events"
            + " WHERE event_type = 'drift'");
  }

  private Map<String, String> rows(String sql) {
    Map<String, String> rows = new LinkedHashMap<>();
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        Object value = result.getObject(2);
        rows.put(result.getString(1), value == null ? "null" : value.toString());
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
