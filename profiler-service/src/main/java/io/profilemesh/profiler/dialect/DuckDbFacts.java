package io.profilemesh.profiler.dialect;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.profiler.dialect.ColumnFacts.Constraint;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What DuckDB's catalogue functions say of a table beyond its columns and rows. */
final class DuckDbFacts {

  private static final String FILE =
      "SELECT path FROM duckdb_databases() WHERE database_name = current_database()";

  private static final String COLUMNS =
      """
      SELECT column_name, column_default FROM duckdb_columns()
      WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
      ORDER BY column_index
      """;

  private static final String CONSTRAINTS =
      """
      SELECT constraint_type, constraint_text, constraint_column_names FROM duckdb_constraints()
      WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
        AND constraint_type <> 'NOT NULL'
      ORDER BY constraint_index
      """;

  /** Expressions, as they would be written in a statement. */
  private static final String INDEXES =
      """
      SELECT expressions FROM duckdb_indexes()
      WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
      """;

  private final Connection connection;

  DuckDbFacts(Connection connection) {
    this.connection = connection;
  }

  TableFacts of(TableDescription table) throws SQLException {
    TableFacts.Builder facts = TableFacts.of(table);
    if (table.table().kind() != RelationKind.TABLE) {
      return facts.build();
    }
    return facts.storageFormat("duckdb").location(file()).columns(columns(table.table())).build();
  }

  private @Nullable String file() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FILE)) {
      String path = row.next() ? row.getString(1) : null;
      Path name = path == null || path.isEmpty() ? null : Path.of(path).getFileName();
      return name == null ? null : name.toString();
    }
  }

  private List<ColumnFacts> columns(TableRef table) throws SQLException {
    List<Declared> constraints = new ArrayList<>();
    each(
        CONSTRAINTS,
        table,
        row ->
            constraints.add(
                new Declared(row.getString(1), row.getString(2), names(row.getArray(3)))));
    Set<String> indexed = new HashSet<>();
    each(INDEXES, table, row -> indexed.addAll(indexedNames(row.getString(1))));
    List<ColumnFacts> columns = new ArrayList<>();
    each(
        COLUMNS,
        table,
        row -> {
          ColumnName name = new ColumnName(row.getString(1));
          List<Declared> own =
              constraints.stream().filter(one -> one.columns.contains(name)).toList();
          columns.add(
              new ColumnFacts(
                  name,
                  row.getString(2),
                  own.stream().anyMatch(Declared::isKey),
                  indexed.contains(name.value()) || own.stream().anyMatch(Declared::hasIndex),
                  own.stream().filter(one -> !one.isKey()).map(Declared::constraint).toList()));
        });
    return columns;
  }

  /** The engine writes names in quotes where they need them; other expressions fit no column. */
  private static List<String> indexedNames(String expressions) {
    List<String> names = new ArrayList<>();
    String inside = expressions.substring(1, Math.max(1, expressions.length() - 1));
    for (String part : inside.split(", ", -1)) {
      String bare =
          part.startsWith("'") && part.endsWith("'") && part.length() > 1
              ? part.substring(1, part.length() - 1).replace("''", "'")
              : part;
      boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
      names.add(quoted ? bare.substring(1, bare.length() - 1).replace("\"\"", "\"") : bare);
    }
    return names;
  }

  private static Set<ColumnName> names(Array array) throws SQLException {
    Set<ColumnName> names = new HashSet<>();
    for (Object name : (Object[]) array.getArray()) {
      names.add(new ColumnName(String.valueOf(name)));
    }
    return names;
  }

  /** A constraint of a table. */
  private record Declared(String type, String sql, Set<ColumnName> columns) {

    boolean isKey() {
      return type.equals("PRIMARY KEY");
    }

    boolean hasIndex() {
      return isKey() || type.equals("UNIQUE");
    }

    Constraint constraint() {
      return new Constraint(sql, type.equals("CHECK") ? columns : Set.of());
    }
  }

  private interface Reader {
    void read(ResultSet row) throws SQLException;
  }

  private void each(String sql, TableRef table, Reader reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
    }
  }
}
