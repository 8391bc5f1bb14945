package io.profilemesh.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads what was done to a database, without the migration tool. */
final class History {

  private static final String UNDEFINED_TABLE = "42P01";

  private static final String ENTRIES =
      "SELECT installed_rank, version, description, type, script, checksum, installed_by,"
          + " installed_on AT TIME ZONE 'UTC' AS installed_at, execution_time, success FROM "
          + Migrations.HISTORY_TABLE
          + " ORDER BY installed_rank";

  private History() {}

  /** Everything, in order; empty for a database without tables of ours. */
  static List<HistoryEntry> read(Connection connection) throws SQLException {
    List<HistoryEntry> entries = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ENTRIES);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        int checksum = rows.getInt("checksum");
        entries.add(
            new HistoryEntry(
                rows.getInt("installed_rank"),
                rows.getString("version"),
                rows.getString("description"),
                rows.getString("type"),
                rows.getString("script"),
                rows.wasNull() ? null : (Integer) checksum,
                rows.getString("installed_by"),
                rows.getObject("installed_at", OffsetDateTime.class).toInstant(),
                rows.getLong("execution_time"),
                rows.getBoolean("success")));
      }
      return entries;
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        return List.of();
      }
      throw e;
    }
  }
}
