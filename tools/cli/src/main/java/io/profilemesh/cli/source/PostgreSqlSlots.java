package io.profilemesh.cli.source;

import io.profilemesh.cli.check.Finding;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.configuration.CaptureConfig;
import io.profilemesh.configuration.SourceConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The replication slots of PostgreSQL by which changes are followed. */
public final class PostgreSqlSlots {

  private static final String GUIDE = ": docs/change-capture.md";

  /** Slots of this database made for a mesh, and the one that is configured by name. */
  private static final String SLOTS =
      """
      SELECT slot_name, active, coalesce(wal_status, ''),
        coalesce(pg_catalog.pg_wal_lsn_diff(
          CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_receive_lsn()
            ELSE pg_catalog.pg_current_wal_lsn() END, restart_lsn), 0)
      FROM pg_catalog.pg_replication_slots
      WHERE database = pg_catalog.current_database()
        AND (slot_name = ? OR starts_with(slot_name, 'profilemesh_'))
      ORDER BY 1
      """;

  private static final String SERVER =
      """
      SELECT current_setting('wal_level'), current_setting('max_replication_slots')::int,
        (SELECT count(*) FROM pg_catalog.pg_replication_slots)
      """;

  private final Connection connection;

  public PostgreSqlSlots(Connection connection) {
    this.connection = connection;
  }

  List<Finding> examine(SourceConfig source, CaptureConfig capture) throws SQLException {
    return examine(
        JdbcSourceProbe.subject(source, "changes"), capture.slot(), capture.maxLagBytes());
  }

  /**
   * What the server shows of slots.
   *
   * @param subject what findings are about
   * @param name name of the slot as configured, or null
   * @param maxLagBytes log that the server may keep for a slot
   */
  public List<Finding> examine(String subject, @Nullable String name, long maxLagBytes)
      throws SQLException {
    List<Finding> findings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SERVER)) {
      row.next();
      if (!row.getString(1).equals("logical")) {
        findings.add(
            Finding.problem(
                subject,
                "the server's wal_level is " + row.getString(1),
                "Set wal_level = logical and restart the server" + GUIDE));
      } else if (row.getInt(3) >= row.getInt(2)) {
        findings.add(
            Finding.warning(
                subject,
                "all " + row.getInt(2) + " replication slots of the server are in use",
                "Drop one that nobody uses, or raise max_replication_slots."));
      }
    }
    int before = findings.size();
    try (PreparedStatement statement = connection.prepareStatement(SLOTS)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          findings.add(slot(subject, row, maxLagBytes));
        }
      }
    }
    if (findings.size() == before) {
      findings.add(
          Finding.problem(
              subject,
              "the database has no replication slot of the profiler's",
              "The profiler makes it when it starts; its readiness says what it waits for"
                  + GUIDE));
    }
    return findings;
  }

  private static Finding slot(String subject, ResultSet row, long maxLagBytes) throws SQLException {
    String slot = "slot " + row.getString(1);
    long lag = row.getLong(4);
    if (row.getString(3).equals("lost")) {
      return Finding.problem(
          subject,
          slot + " is lost: the server has thrown its log away",
          "The profiler makes it anew and looks at every table; raise max_slot_wal_keep_size"
              + GUIDE);
    }
    if (lag > maxLagBytes) {
      return Finding.problem(
          subject,
          slot + " keeps " + megabytes(lag) + " of log, more than 'max-lag' allows",
          "See why the profiler does not keep up, or drop the slot" + GUIDE);
    }
    if (!row.getBoolean(2)) {
      return Finding.warning(
          subject,
          slot + " is read by nobody and keeps " + megabytes(lag) + " of log",
          "Start the profiler; a slot that nobody needs: pg_drop_replication_slot" + GUIDE);
    }
    return Finding.ok(subject, slot + " is read, " + megabytes(lag) + " of log behind");
  }

  private static String megabytes(long bytes) {
    return Formats.count(Math.max(0, bytes) / 1_000_000, "MB").replaceFirst("MBs$", "MB");
  }
}
