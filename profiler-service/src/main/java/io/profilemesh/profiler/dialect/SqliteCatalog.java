package io.profilemesh.profiler.dialect;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQLite's catalogue: pragmas as tables. There are no schemas; shadow tables are left out. */
final class SqliteCatalog implements Catalog {

  private static final String TABLES =
      """
      SELECT name, type FROM pragma_table_list
      WHERE schema = 'main' AND type IN ('table', 'view', 'virtual')
        AND substr(name, 1, 7) <> 'sqlite_'
      """;

  private static final String COLUMNS =
      "SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?, 'main') WHERE hidden <> 1";

  private static final String ESTIMATE =
      "SELECT stat FROM main.sqlite_stat1 WHERE tbl = ? AND stat GLOB '[0-9]*'";

  private static final int PROBED_ROWS = 100;

  private final SqliteDialect dialect;

  SqliteCatalog(SqliteDialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public List<TableRef> tables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES + " ORDER BY name")) {
      List<TableRef> tables = new ArrayList<>();
      while (row.next()) {
        tables.add(new TableRef("", row.getString(1), kind(row.getString(2))));
      }
      return tables;
    }
  }

  /** The engine itself does not tell capitals from small letters, but a dataset's name does. */
  @Override
  public Optional<TableDescription> describe(Connection connection, String schema, String table)
      throws SQLException {
    if (!schema.isEmpty() || table.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    RelationKind kind = kindOf(connection, table);
    if (kind == null) {
      return Optional.empty();
    }
    TableRef found = new TableRef("", table, kind);
    return Optional.of(
        new TableDescription(found, columns(connection, found), estimate(connection, table), null));
  }

  @Override
  public TableFacts facts(Connection connection, TableDescription table) throws SQLException {
    return new SqliteFacts(connection).of(table);
  }

  private static @Nullable RelationKind kindOf(Connection connection, String table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TABLES + " AND name = ?")) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? kind(row.getString(2)) : null;
      }
    }
  }

  private List<SourceColumn> columns(Connection connection, TableRef table) throws SQLException {
    List<Declared> declared = declared(connection, table);
    boolean view = table.kind() == RelationKind.VIEW;
    List<Set<String>> probed = view ? List.of() : probe(connection, table, declared);
    List<SourceColumn> columns = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      Declared column = declared.get(i);
      JdbcEncoding encoding =
          view
              ? SqliteTypes.encodingInView(column.type())
              : SqliteTypes.encodingOf(column.type(), probed.get(i));
      columns.add(
          new SourceColumn(
              new ColumnDefinition(
                  new ColumnName(column.name()),
                  i + 1,
                  column.type().isEmpty() ? "any" : column.type(),
                  encoding.type(),
                  view ? null : Boolean.valueOf(column.nullable()),
                  null),
              encoding));
    }
    return columns;
  }

  private static List<Declared> declared(Connection connection, TableRef table)
      throws SQLException {
    List<Declared> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table.table());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String type = row.getString(2) == null ? "" : row.getString(2);
          // Other primary keys may hold nulls: an old mistake the engine keeps for good.
          boolean rowId = row.getInt(4) == 1 && type.equalsIgnoreCase("INTEGER");
          boolean nullable = row.getInt(3) == 0 && !rowId;
          columns.add(new Declared(row.getString(1), type, nullable));
        }
      }
    }
    return columns;
  }

  private record Declared(String name, String type, boolean nullable) {}

  /** Storage classes in the first rows of those columns whose declared type does not tell. */
  private List<Set<String>> probe(Connection connection, TableRef table, List<Declared> columns)
      throws SQLException {
    List<Set<String>> classes = new ArrayList<>();
    List<Integer> asked = new ArrayList<>();
    for (Declared column : columns) {
      if (SqliteTypes.needsProbe(column.type())) {
        asked.add(classes.size());
      }
      classes.add(new HashSet<>());
    }
    if (asked.isEmpty()) {
      return classes;
    }
    String sql =
        asked.stream()
                .map(i -> "typeof(" + dialect.quote(columns.get(i).name()) + ")")
                .collect(Collectors.joining(", ", "SELECT ", " FROM "))
            + dialect.from(table)
            + " LIMIT "
            + PROBED_ROWS;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        for (int i = 0; i < asked.size(); i++) {
          classes.get(asked.get(i)).add(row.getString(i + 1));
        }
      }
    }
    return classes;
  }

  /** What ANALYZE counted, where it ran. */
  private static @Nullable Long estimate(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND name ="
                    + " 'sqlite_stat1'")) {
      if (!row.next()) {
        return null;
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(ESTIMATE)) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Long.valueOf(row.getString(1).split(" ", 2)[0]) : null;
      }
    }
  }

  private static RelationKind kind(String type) {
    return switch (type) {
      case "view" -> RelationKind.VIEW;
      case "virtual" -> RelationKind.FOREIGN_TABLE;
      default -> RelationKind.TABLE;
    };
  }
}
