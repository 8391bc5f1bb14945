package io.profilemesh.sink.rebuild;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Rows and hash of a table: the sum of a hash of each row, so that the order of rows does not
 * matter and none has to be sorted.
 *
 * @param rows rows
 * @param hash sum of their hashes
 */
record TableHash(long rows, String hash) {

  /** Rows are hashed as they are; their text stands in where a type has no hash of its own. */
  private static final String FUNCTION =
      """
      SELECT CASE WHEN EXISTS (SELECT 1 FROM pg_attribute
                                WHERE attrelid = ?::regclass AND atttypid = 'tsvector'::regtype)
             THEN 'hashtextextended(t::text, 0)' ELSE 'hash_record_extended(t, 0)' END
      """;

  /**
   * Of the rows of a table that fulfil a condition, as the connection's transaction sees them.
   *
   * @param table its name, quoted already
   */
  static TableHash of(Connection connection, String table, String condition) throws SQLException {
    String sql =
        "SELECT count(*), COALESCE(sum(%s::numeric), 0)::text FROM %s t WHERE %s"
            .formatted(function(connection, table), table, condition);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return new TableHash(row.getLong(1), row.getString(2));
    }
  }

  private static String function(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FUNCTION)) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
