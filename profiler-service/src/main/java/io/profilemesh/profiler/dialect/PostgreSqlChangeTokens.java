package io.profilemesh.profiler.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's counters of changed rows, with everything that could make two equal counts lie: the
 * storage behind the table and all its partitions and children, its columns, and when statistics
 * were last reset or lost. Times of reset are of the cluster and the database, so a token of one
 * server is never one of another.
 */
final class PostgreSqlChangeTokens implements ChangeTokens {

  /** Counters are sent ten seconds after a commit at the latest while a session is idle. */
  private static final Duration QUIET_MARGIN = Duration.ofSeconds(15);

  private static final String REPLICA =
      "The source is a replica, whose counters stand still while its tables change.";
  private static final String NOT_COUNTING =
      "The source does not count changes: its setting track_counts is off.";
  private static final String VIEW = "A view does not say when what it shows changes.";
  private static final String FOREIGN =
      "Rows of another server belong to the table, whose changes are not counted here.";
  private static final String ROW_SECURITY =
      "Row-level security decides what this user sees, and may change without the table.";

  private static final String EPOCH =
      """
      SELECT pg_catalog.pg_is_in_recovery(),
        pg_catalog.current_setting('track_counts') = 'on',
        d.datid || '.'
          || coalesce((extract(epoch FROM d.stats_reset) * 1000000)::int8, 0) || '.'
          || coalesce((extract(epoch FROM a.stats_reset) * 1000000)::int8, 0),
        pg_catalog.current_setting('block_size')::int8
      FROM pg_catalog.pg_stat_archiver a, pg_catalog.pg_stat_database d
      WHERE d.datname = pg_catalog.current_database()
      """;

  /** Children of a table are read with it, partitions or not; leaves hold the rows. */
  private static final String LOOK =
      """
      WITH RECURSIVE wanted AS (
        SELECT DISTINCT c.oid, n.nspname, c.relname, c.relkind, c.relrowsecurity
        FROM unnest(?::text[], ?::text[]) AS t (nspname, relname)
        JOIN pg_catalog.pg_namespace n ON n.nspname = t.nspname
        JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.relname
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')),
      tree AS (
        SELECT w.oid AS root, w.oid AS member FROM wanted w
        UNION
        SELECT t.root, i.inhrelid
        FROM tree t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.member),
      members AS (
        SELECT t.root,
          pg_catalog.string_agg(
            c.oid || ':' || c.relfilenode || ':'
              || pg_catalog.pg_stat_get_tuples_inserted(c.oid) || '.'
              || pg_catalog.pg_stat_get_tuples_updated(c.oid) || '.'
              || pg_catalog.pg_stat_get_tuples_deleted(c.oid), ',' ORDER BY c.oid) AS counts,
          pg_catalog.bool_or(c.relkind = 'f') AS remote,
          pg_catalog.bool_or(c.relrowsecurity) AS secured,
          pg_catalog.sum(greatest(c.reltuples::float8, v.live))
            FILTER (WHERE c.relkind <> 'p') AS tuples,
          pg_catalog.bool_and(c.relkind = 'p' OR c.reltuples >= 0 OR v.live > 0) AS counted,
          pg_catalog.sum(c.relpages::int8) FILTER (WHERE c.relkind <> 'p') AS pages,
          pg_catalog.bool_and(c.relkind = 'p' OR c.relpages > 0 OR c.reltuples >= 0) AS measured
        FROM tree t
        JOIN pg_catalog.pg_class c ON c.oid = t.member
        CROSS JOIN LATERAL pg_catalog.pg_stat_get_live_tuples(c.oid) AS v (live)
        GROUP BY t.root)
      SELECT w.nspname, w.relname, w.relkind, m.remote, m.secured,
        CASE WHEN m.counted THEN m.tuples END, CASE WHEN m.measured THEN m.pages END,
        pg_catalog.md5(m.counts),
        (SELECT pg_catalog.left(pg_catalog.md5(coalesce(pg_catalog.string_agg(
            a.attnum || ' ' || a.attname || ' ' || a.atttypid || ' ' || a.atttypmod || ' '
              || a.attnotnull, ',' ORDER BY a.attnum), '')), 8)
          FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped)
      FROM wanted w JOIN members m ON m.root = w.oid
      """;

  @Override
  public Duration quietMargin() {
    return QUIET_MARGIN;
  }

  @Override
  public Map<TableRef, TableLook> look(Connection connection, Collection<TableRef> tables)
      throws SQLException {
    Epoch epoch = epoch(connection);
    Map<Name, TableRef> asked = new HashMap<>();
    for (TableRef table : tables) {
      if (table.schema().indexOf('\0') < 0 && table.table().indexOf('\0') < 0) {
        asked.put(new Name(table.schema(), table.table()), table);
      }
    }
    Map<TableRef, TableLook> looks = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
      Object[] schemas = asked.keySet().stream().map(Name::schema).toArray();
      Object[] names = asked.keySet().stream().map(Name::table).toArray();
      statement.setArray(1, connection.createArrayOf("text", schemas));
      statement.setArray(2, connection.createArrayOf("text", names));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          TableRef table = asked.get(new Name(row.getString(1), row.getString(2)));
          if (table != null) {
            looks.put(table, look(row, epoch));
          }
        }
      }
    }
    return looks;
  }

  private static Epoch epoch(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(EPOCH)) {
      if (!row.next()) {
        throw new SQLException("the database has no statistics of its own", "02000");
      }
      return new Epoch(row.getBoolean(1), row.getBoolean(2), row.getString(3), row.getLong(4));
    }
  }

  private static TableLook look(ResultSet row, Epoch epoch) throws SQLException {
    String kind = row.getString(3);
    boolean view = kind.equals("v");
    double tuples = row.getDouble(6);
    Long rows = view || row.wasNull() ? null : Long.valueOf(Math.round(tuples));
    long pages = row.getLong(7);
    Long bytes = view || row.wasNull() ? null : Long.valueOf(pages * epoch.blockSize());
    String why = whyNoToken(row, epoch, view);
    return why == null
        ? TableLook.of(
            "pg1/" + row.getString(8) + '/' + row.getString(9) + '/' + epoch.text(), rows, bytes)
        : TableLook.without(why, rows, bytes);
  }

  private static @Nullable String whyNoToken(ResultSet row, Epoch epoch, boolean view)
      throws SQLException {
    if (view) {
      return VIEW;
    }
    if (row.getBoolean(4)) {
      return FOREIGN;
    }
    if (row.getBoolean(5)) {
      return ROW_SECURITY;
    }
    if (epoch.replica()) {
      return REPLICA;
    }
    return epoch.counting() ? null : NOT_COUNTING;
  }

  private record Name(String schema, String table) {}

  /**
   * @param counting whether changes are counted
   * @param text identity of the database and of its statistics since they last began at zero
   */
  private record Epoch(boolean replica, boolean counting, String text, long blockSize) {}
}
