package io.profilemesh.sink.rebuild;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Rows and hash of a table: the sum of a hash of each row's text, so that the order of rows does
 * not matter and none has to be sorted.
 *
 * @param rows rows
 * @param hash sum of their hashes
 */
record TableHash(long rows, String hash) {

  /** Of a table, whose name is quoted already, as the connection's transaction sees it. */
  static TableHash of(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), COALESCE(sum(hashtextextended(t::text, 0)::numeric), 0)::text"
                    + " FROM "
                    + table
                    + " t")) {
      row.next();
      return new TableHash(row.getLong(1), row.getString(2));
    }
  }
}
