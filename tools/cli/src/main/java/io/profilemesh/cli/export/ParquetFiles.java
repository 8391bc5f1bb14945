package io.profilemesh.cli.export;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Turns CSV as PostgreSQL writes it into Parquet, in this process. */
final class ParquetFiles implements AutoCloseable {

  private final Connection duckDb;

  ParquetFiles() throws SQLException {
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = duckDb.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET memory_limit = '1GB'");
    } catch (SQLException e) {
      duckDb.close();
      throw e;
    }
  }

  /** Writes a file; an empty text stays one, and null stays null. */
  void convert(Path csv, List<ExportedColumn> columns, Path parquet) throws SQLException {
    String types =
        columns.stream()
            .map(column -> text(column.name()) + ": " + text(column.readType()))
            .collect(Collectors.joining(", ", "{", "}"));
    String select =
        columns.stream().map(ExportedColumn::converted).collect(Collectors.joining(", "));
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(
          "COPY (SELECT %s FROM read_csv(%s, header = true, delim = ',', quote = '\"', escape = '\"',"
                  .formatted(select, text(csv.toString()))
              + " nullstr = '', allow_quoted_nulls = false, auto_detect = false,"
              + " max_line_size = 134217728, columns = %s)) TO %s (FORMAT parquet)"
                  .formatted(types, text(parquet.toString())));
    }
  }

  private static String text(String value) {
    return '\'' + value.replace("'", "''") + '\'';
  }

  @Override
  public void close() throws SQLException {
    duckDb.close();
  }
}
