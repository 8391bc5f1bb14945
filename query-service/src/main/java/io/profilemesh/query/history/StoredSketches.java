package io.profilemesh.query.history;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.Sketch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Reads kept sketches as the core has them. */
public final class StoredSketches {

  private static final String QUANTILES =
      "SELECT s.column_name, k.format, k.hash_id, k.error, k.data"
          + " FROM profilemesh_profile_sketches s CROSS JOIN LATERAL"
          + " unnest(s.kinds, s.formats, COALESCE(s.hash_ids, array_fill(NULL::text,"
          + " ARRAY[cardinality(s.kinds)])), s.errors, s.sketches)"
          + " AS k (kind, format, hash_id, error, data)"
          + " WHERE s.run_id = ? AND s.dataset_name = ? AND s.profiled_at = ?"
          + " AND k.kind = 'quantiles'";

  private StoredSketches() {}

  /** The quantile sketches of a run by column; columns without one are missing. */
  public static Map<ColumnName, Sketch> quantiles(Connection connection, StoredRun run)
      throws SQLException {
    Map<ColumnName, Sketch> sketches = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(QUANTILES)) {
      statement.setObject(1, run.runId());
      statement.setString(2, run.datasetId());
      Where.bind(statement, 3, run.profiledAt());
      try (ResultSet rows = statement.executeQuery()) {
        Fields row = new Fields(rows);
        while (row.next()) {
          sketches.put(
              new ColumnName(row.text("column_name")),
              new Sketch(
                  Sketch.Kind.QUANTILES,
                  row.text("format"),
                  row.textOrNull("hash_id"),
                  rows.getDouble("error"),
                  rows.getBytes("data")));
        }
      }
    }
    return sketches;
  }
}
