package io.profilemesh.sink.rows;

import io.profilemesh.schema.TableProfile;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Parts of profiles that wait for the rest of their set, and which runs wait no longer. */
final class ProfileParts {

  private static final String STORED =
      """
      SELECT r.run_id::text, r.dataset_name
        FROM unnest(?::uuid[], ?::text[]) AS k (run_id, dataset_name)
        JOIN profilemesh_runs r USING (run_id, dataset_name)
       WHERE r.profiled_at IS NOT NULL
      """;
  private static final String LOAD =
      """
      SELECT record FROM profilemesh_profile_parts
       WHERE run_id = ?::uuid AND dataset_name = ?
       ORDER BY attempt, part_index
      """;
  private static final String ADD =
      "INSERT INTO profilemesh_profile_parts (run_id, dataset_name, attempt, part_index,"
          + " part_count, record) VALUES (?, ?, ?, ?, ?, ?)";
  private static final String REMOVE =
      """
      DELETE FROM profilemesh_profile_parts p
       USING unnest(?::uuid[], ?::text[]) AS k (run_id, dataset_name)
       WHERE p.run_id = k.run_id AND p.dataset_name = k.dataset_name
      """;

  private ProfileParts() {}

  /** Those of the runs whose profile is stored. */
  static Set<RunKey> stored(Connection connection, Collection<RunKey> keys) throws SQLException {
    Set<RunKey> stored = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(STORED)) {
      bind(connection, statement, keys);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          stored.add(new RunKey(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return stored;
  }

  static List<byte[]> load(Connection connection, RunKey key) throws SQLException {
    List<byte[]> values = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      statement.setString(1, key.runId());
      statement.setString(2, key.datasetId());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getBytes(1));
        }
      }
    }
    return values;
  }

  static void add(Connection connection, RunKey key, List<RecordRow<TableProfile>> parts)
      throws SQLException {
    Rows.write(
        connection,
        ADD,
        parts,
        (Row row, RecordRow<TableProfile> part) ->
            row.run(key.runId())
                .text(key.datasetId())
                .number((Integer) part.record().getAttempt())
                .number((Integer) part.record().getPartIndex())
                .number((Integer) part.record().getPartCount())
                .bytes(part.value()));
  }

  static void remove(Connection connection, Collection<RunKey> keys) throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
      bind(connection, statement, keys);
      statement.executeUpdate();
    }
  }

  private static void bind(
      Connection connection, PreparedStatement statement, Collection<RunKey> keys)
      throws SQLException {
    Array runs =
        connection.createArrayOf(
            "uuid", keys.stream().map(key -> UUID.fromString(key.runId())).toArray());
    Array datasets =
        connection.createArrayOf("text", keys.stream().map(RunKey::datasetId).toArray());
    statement.setArray(1, runs);
    statement.setArray(2, datasets);
  }
}
