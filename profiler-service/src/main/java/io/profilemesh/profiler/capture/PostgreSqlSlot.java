package io.profilemesh.profiler.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A replication slot as PostgreSQL shows it.
 *
 * @param usable whether it is a slot of this database for the decoder that capture uses
 * @param lost whether the server has thrown the slot's log away
 * @param active whether somebody reads from it
 * @param confirmed position up to which it was told to forget, in bytes from the start of the log
 * @param lagBytes log that the server keeps because of it
 */
record PostgreSqlSlot(boolean usable, boolean lost, boolean active, long confirmed, long lagBytes) {

  private static final String SLOT =
      """
      SELECT slot_type = 'logical' AND plugin = 'pgoutput'
          AND database = pg_catalog.current_database(),
        coalesce(wal_status = 'lost', false), active,
        coalesce(pg_catalog.pg_wal_lsn_diff(confirmed_flush_lsn, '0/0'), 0),
        coalesce(pg_catalog.pg_wal_lsn_diff(
          CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_receive_lsn()
            ELSE pg_catalog.pg_current_wal_lsn() END, restart_lsn), 0)
      FROM pg_catalog.pg_replication_slots WHERE slot_name = ?
      """;

  static Optional<PostgreSqlSlot> find(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SLOT)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(slot(row)) : Optional.empty();
      }
    }
  }

  private static PostgreSqlSlot slot(ResultSet row) throws SQLException {
    return new PostgreSqlSlot(
        row.getBoolean(1), row.getBoolean(2), row.getBoolean(3), row.getLong(4), row.getLong(5));
  }

  /**
   * Ends the session that reads from the slot. Only the group's owner does so: whoever still reads
   * has lost the source and does not know yet.
   */
  static void release(Connection connection, String name) throws SQLException {
    call(
        connection,
        "SELECT pg_catalog.pg_terminate_backend(active_pid) FROM pg_catalog.pg_replication_slots"
            + " WHERE slot_name = ? AND active",
        name);
  }

  /**
   * Makes the slot.
   *
   * @return the place in the log from which on it keeps everything, in bytes from the log's start
   */
  static long create(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT pg_catalog.pg_wal_lsn_diff(lsn, '0/0')"
                + " FROM pg_catalog.pg_create_logical_replication_slot(?, 'pgoutput')")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Drops the slot, if there is one. Nobody reads from it. */
  static void drop(Connection connection, String name) throws SQLException {
    call(
        connection,
        "SELECT pg_catalog.pg_drop_replication_slot(slot_name)"
            + " FROM pg_catalog.pg_replication_slots WHERE slot_name = ?",
        name);
  }

  /** A setting of the server, as text; null when it has no such setting. */
  static @Nullable String setting(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_catalog.current_setting(?, true)")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  private static void call(Connection connection, String sql, String slot) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, slot);
      statement.execute();
    }
  }
}
