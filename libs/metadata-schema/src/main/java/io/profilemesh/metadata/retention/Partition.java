package io.profilemesh.metadata.retention;

import io.profilemesh.metadata.months.MonthlyTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition as the database has it.
 *
 * @param name its name
 * @param others whether it is the default one
 * @param from first instant; null: it has no beginning, or is the default one
 * @param to first instant after it; null: the default one
 */
record Partition(
    String name, boolean others, @Nullable Instant from, @Nullable Instant to, long bytes) {

  private static final String READ =
      """
      SELECT relname, bounds = 'DEFAULT',
             (regexp_match(bounds, 'FROM \\(''([^'']+)'''))[1]::timestamptz,
             (regexp_match(bounds, 'TO \\(''([^'']+)'''))[1]::timestamptz AS ends,
             pg_total_relation_size(oid)
        FROM (SELECT c.oid, c.relname, pg_get_expr(c.relpartbound, c.oid) AS bounds
                FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
               WHERE i.inhparent = to_regclass(?)) p
       ORDER BY ends NULLS LAST
      """;

  /** Partitions of a table in order of time, the default one last. */
  static List<Partition> of(Connection connection, MonthlyTable table) throws SQLException {
    List<Partition> partitions = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, table.table());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          partitions.add(
              new Partition(
                  rows.getString(1),
                  rows.getBoolean(2),
                  instant(rows.getTimestamp(3)),
                  instant(rows.getTimestamp(4)),
                  rows.getLong(5)));
        }
      }
    }
    return partitions;
  }

  /** Whether every row in it is from before an instant. */
  boolean endsBy(Instant instant) {
    return to != null && !to.isAfter(instant);
  }

  /** Whether it holds rows of both sides, from the time before there were months. */
  boolean spans(Instant instant) {
    return !others && from == null && to != null && to.isAfter(instant);
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
