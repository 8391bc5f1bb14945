package io.profilemesh.profiler.dialect;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DuckDB's catalogue functions, of the database that was opened. */
final class DuckDbCatalog implements Catalog {

  private static final String RELATIONS =
      """
      SELECT * FROM (
        SELECT schema_name, table_name, false AS is_view, estimated_size, comment
        FROM duckdb_tables()
        WHERE database_name = current_database() AND NOT internal AND NOT temporary
        UNION ALL
        SELECT schema_name, view_name, true, NULL, comment
        FROM duckdb_views()
        WHERE database_name = current_database() AND NOT internal AND NOT temporary)
      """;

  private static final String COLUMNS =
      """
      SELECT column_name, data_type, is_nullable, comment
      FROM duckdb_columns()
      WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
      ORDER BY column_index
      """;

  @Override
  public List<TableRef> tables(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(RELATIONS + " ORDER BY schema_name, table_name");
        ResultSet row = statement.executeQuery()) {
      List<TableRef> tables = new ArrayList<>();
      while (row.next()) {
        tables.add(new TableRef(row.getString(1), row.getString(2), kind(row)));
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
    TableDescription found = relation(connection, schema, table);
    // One result at a time: the driver streams, and takes no query while one is open.
    return found == null
        ? Optional.empty()
        : Optional.of(
            new TableDescription(
                found.table(),
                columns(connection, found.table()),
                found.estimatedRows(),
                found.comment()));
  }

  @Override
  public TableFacts facts(Connection connection, TableDescription table) throws SQLException {
    return new DuckDbFacts(connection).of(table);
  }

  /** The table without its columns; null when there is none. */
  private static @Nullable TableDescription relation(
      Connection connection, String schema, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(RELATIONS + " WHERE schema_name = ? AND table_name = ?")) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        long size = row.getLong(4);
        Long estimate = row.wasNull() ? null : Long.valueOf(size);
        return new TableDescription(
            new TableRef(schema, table, kind(row)), List.of(), estimate, row.getString(5));
      }
    }
  }

  private static List<SourceColumn> columns(Connection connection, TableRef table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      try (ResultSet row = statement.executeQuery()) {
        List<SourceColumn> columns = new ArrayList<>();
        while (row.next()) {
          @Nullable Boolean nullable =
              table.kind() == RelationKind.VIEW ? null : Boolean.valueOf(row.getBoolean(3));
          columns.add(
              column(
                  row.getString(1),
                  columns.size() + 1,
                  row.getString(2),
                  nullable,
                  row.getString(4)));
        }
        return columns;
      }
    }
  }

  /** A column as DuckDB names its type. */
  static SourceColumn column(
      String name,
      int ordinal,
      String dataType,
      @Nullable Boolean nullable,
      @Nullable String comment) {
    JdbcEncoding encoding = DuckDbTypes.encodingOf(dataType);
    return new SourceColumn(
        new ColumnDefinition(
            new ColumnName(name), ordinal, dataType, encoding.type(), nullable, comment),
        encoding);
  }

  private static RelationKind kind(ResultSet row) throws SQLException {
    return row.getBoolean(3) ? RelationKind.VIEW : RelationKind.TABLE;
  }
}
