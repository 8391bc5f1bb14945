package io.profilemesh.metadata.retention;

import io.profilemesh.metadata.access.AuditEntry;
import io.profilemesh.metadata.access.AuditLog;
import io.profilemesh.metadata.months.MonthlyTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rows for as long as policies say: months that lie wholly before are dropped. Nothing is
 * dropped of a table without a policy. Connections are the role's that owns the tables.
 */
public final class Retention {

  private static final int LOCK_TRIES = 6;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String POLICIES =
      "SELECT table_name, keep_days, dropped_before FROM profilemesh_retention";
  private static final String KEEP =
      """
      INSERT INTO profilemesh_retention AS r (table_name, keep_days, updated_by, updated_at)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (table_name) DO UPDATE
        SET keep_days = excluded.keep_days, updated_by = excluded.updated_by,
            updated_at = excluded.updated_at
      """;
  private static final String DROPPED =
      """
      UPDATE profilemesh_retention
         SET dropped_before = GREATEST(dropped_before, ?), updated_by = ?, updated_at = ?
       WHERE table_name = ?
      """;

  private Retention() {}

  /** Every table with months. */
  public static List<KeptTable> status(Connection connection) throws SQLException {
    Map<MonthlyTable, Policy> policies = policies(connection);
    List<KeptTable> tables = new ArrayList<>();
    for (MonthlyTable table : MonthlyTable.values()) {
      Policy policy = policies.getOrDefault(table, new Policy(null, null));
      List<Partition> partitions = Partition.of(connection, table);
      tables.add(
          new KeptTable(
              table,
              policy.keepDays,
              policy.droppedBefore,
              partitions.size(),
              partitions.stream().mapToLong(Partition::bytes).sum()));
    }
    return tables;
  }

  /**
   * Says how long a table's rows are kept, in the caller's transaction.
   *
   * @param days days that they are kept at least, 1 or more; null: for good
   */
  public static void keep(
      Connection connection, MonthlyTable table, @Nullable Integer days, String by, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
      statement.setString(1, table.table());
      statement.setObject(2, days, Types.INTEGER);
      statement.setString(3, by);
      statement.setTimestamp(4, Timestamp.from(now));
      statement.executeUpdate();
    }
    note(connection, "put", "retention", table.word(), by, now);
  }

  /** What the policies would have dropped now, in order of table and time. */
  public static List<Drop> due(Connection connection, Instant now) throws SQLException {
    List<Drop> drops = new ArrayList<>();
    for (Map.Entry<MonthlyTable, Policy> entry : policies(connection).entrySet()) {
      Integer days = entry.getValue().keepDays;
      if (days != null) {
        drops.addAll(before(connection, entry.getKey(), horizon(now, days)));
      }
    }
    return drops;
  }

  /**
   * Drops what is due, each partition in a transaction of its own with the memory that it is gone;
   * broken off, the next call goes on.
   *
   * @param connection in auto-commit mode
   * @param done told of each drop once it is done
   * @throws SQLException when one cannot be done, also when somebody reads the table for too long
   */
  public static void apply(Connection connection, Instant now, String by, Consumer<Drop> done)
      throws SQLException {
    for (Drop drop : due(connection, now)) {
      for (int tries = 1; ; tries++) {
        try {
          inTransaction(connection, drop, by, now);
          done.accept(drop);
          break;
        } catch (SQLException e) {
          if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || tries == LOCK_TRIES) {
            throw e;
          }
        }
      }
    }
  }

  /** Instants before which rows were dropped, of the tables of which any were. */
  public static Map<MonthlyTable, Instant> dropped(Connection connection) throws SQLException {
    Map<MonthlyTable, Instant> dropped = new EnumMap<>(MonthlyTable.class);
    policies(connection)
        .forEach(
            (table, policy) -> {
              if (policy.droppedBefore != null) {
                dropped.put(table, policy.droppedBefore);
              }
            });
    return dropped;
  }

  /**
   * Drops the rows of a table from before an instant at which a month begins, in the caller's
   * transaction.
   */
  public static void dropBefore(Connection connection, MonthlyTable table, Instant instant)
      throws SQLException {
    for (Drop drop : before(connection, table, instant)) {
      perform(connection, drop);
    }
  }

  private static List<Drop> before(Connection connection, MonthlyTable table, Instant horizon)
      throws SQLException {
    List<Partition> partitions = Partition.of(connection, table);
    List<Drop> drops = new ArrayList<>();
    if (partitions.stream().anyMatch(one -> one.spans(horizon))) {
      return drops;
    }
    for (Partition one : partitions) {
      if (one.others()) {
        String condition = "\"" + table.timeColumn() + "\" < '" + horizon + "'";
        long rows = count(connection, one.name(), condition);
        if (rows > 0) {
          drops.add(new Drop(table, one.name(), false, null, horizon, rows, 0));
        }
      } else if (one.to() != null && one.endsBy(horizon)) {
        long rows = count(connection, one.name(), "true");
        drops.add(new Drop(table, one.name(), true, one.from(), one.to(), rows, one.bytes()));
      }
    }
    return drops;
  }

  /** Only whole months go, so rows are kept for up to a month longer. */
  private static Instant horizon(Instant now, int days) {
    LocalDate day = now.atOffset(ZoneOffset.UTC).toLocalDate().minus(Period.ofDays(days));
    return day.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static void inTransaction(Connection connection, Drop drop, String by, Instant now)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      perform(connection, drop);
      try (PreparedStatement statement = connection.prepareStatement(DROPPED)) {
        statement.setTimestamp(1, Timestamp.from(drop.to()));
        statement.setString(2, by);
        statement.setTimestamp(3, Timestamp.from(now));
        statement.setString(4, drop.table().table());
        statement.executeUpdate();
      }
      note(connection, "drop", "partition", drop.partition(), by, now);
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void perform(Connection connection, Drop drop) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '5s'");
      statement.execute(
          drop.whole()
              ? "DROP TABLE \"%s\"".formatted(drop.partition())
              : "DELETE FROM \"%s\" WHERE \"%s\" < '%s'"
                  .formatted(drop.partition(), drop.table().timeColumn(), drop.to()));
    }
  }

  private static long count(Connection connection, String partition, String condition)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM \"%s\" WHERE %s".formatted(partition, condition))) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void note(
      Connection connection, String action, String type, String name, String by, Instant at)
      throws SQLException {
    AuditEntry entry =
        new AuditEntry(
            at,
            by,
            "cli",
            null,
            action,
            type,
            null,
            name,
            AuditEntry.Outcome.DONE,
            null,
            null,
            "profilemesh",
            null,
            null);
    AuditLog.write(connection, List.of(entry));
  }

  private static Map<MonthlyTable, Policy> policies(Connection connection) throws SQLException {
    Map<MonthlyTable, Policy> policies = new EnumMap<>(MonthlyTable.class);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(POLICIES)) {
      while (rows.next()) {
        Integer days = rows.getObject(2, Integer.class);
        Timestamp dropped = rows.getTimestamp(3);
        Policy policy = new Policy(days, dropped == null ? null : dropped.toInstant());
        MonthlyTable.named(rows.getString(1)).ifPresent(table -> policies.put(table, policy));
      }
    }
    return policies;
  }

  private record Policy(@Nullable Integer keepDays, @Nullable Instant droppedBefore) {}
}
