package io.profilemesh.profiler.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tables of a PostgreSQL database that are captured.
 *
 * @param all tables and views that are asked for
 * @param published those whose changes the log can tell
 */
record PostgreSqlTables(Set<CapturedTable> all, Set<CapturedTable> published) {

  /**
   * A table without a replica identity is never published: PostgreSQL would refuse its UPDATE and
   * DELETE from then on. Unlogged tables and views have no log.
   */
  private static final String TABLES =
      """
      SELECT n.nspname, c.relname,
        c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
          AND (c.relreplident IN ('f', 'i') OR (c.relreplident = 'd' AND EXISTS (
            SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)))
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
        AND c.relpersistence <> 't'
        AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
      ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
      """;

  PostgreSqlTables {
    all = Set.copyOf(all);
    published = Set.copyOf(published);
  }

  static PostgreSqlTables read(Connection connection, Predicate<CapturedTable> isCaptured)
      throws SQLException {
    Set<CapturedTable> all = new LinkedHashSet<>();
    Set<CapturedTable> published = new LinkedHashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(TABLES);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        CapturedTable table = new CapturedTable(row.getString(1), row.getString(2));
        if (isCaptured.test(table)) {
          all.add(table);
          if (row.getBoolean(3)) {
            published.add(table);
          }
        }
      }
    }
    return new PostgreSqlTables(all, published);
  }
}
