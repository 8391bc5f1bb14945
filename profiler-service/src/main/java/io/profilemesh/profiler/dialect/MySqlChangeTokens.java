package io.profilemesh.profiler.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Times of the last change as MySQL and MariaDB keep them: to the second, of base tables, and in
 * memory only, so that a restart of the server takes them away.
 */
final class MySqlChangeTokens implements ChangeTokens {

  /** A time is whole seconds of the commit. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final String TIMES =
      """
      SELECT table_schema, table_name, table_type, engine, create_time, update_time,
        table_rows, data_length
      FROM information_schema.tables
      WHERE table_schema = ?
      """;

  private final String freshStatistics;

  /**
   * @param freshStatistics statement that keeps the server from answering from a cache; may be
   *     empty
   */
  MySqlChangeTokens(String freshStatistics) {
    this.freshStatistics = freshStatistics;
  }

  @Override
  public Duration quietMargin() {
    return MARGIN;
  }

  @Override
  public Map<TableRef, TableLook> look(Connection connection, Collection<TableRef> tables)
      throws SQLException {
    Map<TableRef, TableLook> looks = new HashMap<>();
    Set<TableRef> wanted = new HashSet<>(tables);
    if (!freshStatistics.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(freshStatistics);
      }
    }
    Set<String> schemas = new HashSet<>();
    tables.forEach(table -> schemas.add(table.schema()));
    try (PreparedStatement statement = connection.prepareStatement(TIMES)) {
      for (String schema : schemas) {
        statement.setString(1, schema);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            TableRef table =
                new TableRef(
                    row.getString(1), row.getString(2), MySqlCatalog.kind(row.getString(3)));
            if (wanted.contains(table)) {
              looks.put(table, look(row));
            }
          }
        }
      }
    }
    return looks;
  }

  private static TableLook look(ResultSet row) throws SQLException {
    if (row.getString(3).equals("VIEW")) {
      return TableLook.without("A view has no time of its last change.", null, null);
    }
    String created = row.getString(5);
    String updated = row.getString(6);
    long rows = row.getLong(7);
    long bytes = row.getLong(8);
    if (updated == null) {
      return TableLook.without(
          "The server knows no time of the table's last change since it was started.", rows, bytes);
    }
    return TableLook.of(row.getString(4) + '/' + created + '/' + updated, rows, bytes);
  }
}
