package io.profilemesh.profiler.dialect;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The information schema of MySQL and MariaDB; a schema is a database there. Its comparisons ignore
 * case, so that answers are compared once more.
 */
final class MySqlCatalog implements Catalog {

  private static final String RELATIONS =
      """
      SELECT table_schema, table_name, table_type, table_rows, table_comment
      FROM information_schema.tables
      WHERE table_type IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
        AND table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')
      """;

  private static final String COLUMNS =
      """
      SELECT column_name, column_type, data_type, is_nullable, column_comment
      FROM information_schema.columns
      WHERE table_schema = ? AND table_name = ?
      ORDER BY ordinal_position
      """;

  private final boolean jsonIsText;

  /**
   * @param jsonIsText whether JSON is text with a constraint, as in MariaDB
   */
  MySqlCatalog(boolean jsonIsText) {
    this.jsonIsText = jsonIsText;
  }

  @Override
  public List<TableRef> tables(Connection connection) throws SQLException {
    String sql = RELATIONS + " ORDER BY CAST(table_schema AS BINARY), CAST(table_name AS BINARY)";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      List<TableRef> tables = new ArrayList<>();
      while (row.next()) {
        tables.add(new TableRef(row.getString(1), row.getString(2), kind(row.getString(3))));
      }
      return tables;
    }
  }

  @Override
  public Optional<TableDescription> describe(Connection connection, String schema, String table)
      throws SQLException {
    if (schema.indexOf('\0') >= 0 || table.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(RELATIONS + " AND table_schema = ? AND table_name = ?")) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getString(1).equals(schema) && row.getString(2).equals(table)) {
            return Optional.of(description(connection, row));
          }
        }
        return Optional.empty();
      }
    }
  }

  @Override
  public TableFacts facts(Connection connection, TableDescription table) throws SQLException {
    return new MySqlFacts(connection, table.table()).of(table);
  }

  private TableDescription description(Connection connection, ResultSet row) throws SQLException {
    TableRef table = new TableRef(row.getString(1), row.getString(2), kind(row.getString(3)));
    long rows = row.getLong(4);
    Long estimate = row.wasNull() ? null : Long.valueOf(rows);
    String comment = row.getString(5);
    boolean said = comment != null && !comment.isEmpty() && table.kind() != RelationKind.VIEW;
    return new TableDescription(table, columns(connection, table), estimate, said ? comment : null);
  }

  private List<SourceColumn> columns(Connection connection, TableRef table) throws SQLException {
    Set<String> json = jsonIsText ? jsonColumns(connection, table) : Set.of();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      try (ResultSet row = statement.executeQuery()) {
        List<SourceColumn> columns = new ArrayList<>();
        while (row.next()) {
          columns.add(column(row, columns.size() + 1, table.kind(), json));
        }
        return columns;
      }
    }
  }

  private static SourceColumn column(
      ResultSet row, int ordinal, RelationKind kind, Set<String> json) throws SQLException {
    String name = row.getString(1);
    String dataType = row.getString(3);
    boolean isJson = dataType.equalsIgnoreCase("longtext") && json.contains(name);
    JdbcEncoding encoding =
        isJson ? JdbcEncoding.JSON : MySqlTypes.encodingOf(dataType, row.getString(2));
    @Nullable Boolean nullable =
        kind == RelationKind.VIEW ? null : Boolean.valueOf(row.getString(4).equals("YES"));
    String comment = row.getString(5);
    return new SourceColumn(
        new ColumnDefinition(
            new ColumnName(name),
            ordinal,
            isJson ? "json" : row.getString(2),
            encoding.type(),
            nullable,
            comment == null || comment.isEmpty() ? null : comment),
        encoding);
  }

  /** MariaDB declares JSON as text whose constraint says that it is valid JSON. */
  private static Set<String> jsonColumns(Connection connection, TableRef table)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT check_clause FROM information_schema.check_constraints"
                + " WHERE constraint_schema = ? AND table_name = ?")) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      try (ResultSet row = statement.executeQuery()) {
        Set<String> columns = new HashSet<>();
        while (row.next()) {
          String clause = row.getString(1).strip();
          if (clause.toLowerCase(Locale.ROOT).startsWith("json_valid(`") && clause.endsWith("`)")) {
            String name = clause.substring("json_valid(`".length(), clause.length() - 2);
            columns.add(name.replace("``", "`"));
          }
        }
        return columns;
      }
    }
  }

  static RelationKind kind(String tableType) {
    return tableType.equals("VIEW") ? RelationKind.VIEW : RelationKind.TABLE;
  }
}
