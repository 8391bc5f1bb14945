package io.profilemesh.cli.export;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.connection.JdbcAddress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Exports from PostgreSQL in one transaction that sees one moment. */
public final class PostgresExport implements TableExport {

  /** Hashes of what lets people in; written only when they are named. */
  private static final Set<String> SECRET =
      Set.of("profilemesh_users", "profilemesh_api_keys", "profilemesh_sessions");

  private static final String TABLES =
      """
      SELECT c.relname FROM pg_class c
       WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v')
         AND NOT c.relispartition AND c.relname LIKE 'profilemesh\\_%'
       ORDER BY 1
      """;

  private static final String COLUMNS =
      """
      SELECT a.attname, format_type(a.atttypid, NULL)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = ?
         AND a.attnum > 0 AND NOT a.attisdropped
       ORDER BY a.attnum
      """;

  private final JdbcAddress address;

  public PostgresExport(JdbcAddress address) {
    this.address = address;
  }

  @Override
  public List<ExportedTable> write(
      List<String> tables, ExportFormat format, Path directory, Listener listener) {
    try (Connection connection =
            DriverManager.getConnection(address.url(), address.username(), address.password());
        ParquetFiles parquet = format == ExportFormat.PARQUET ? new ParquetFiles() : null) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL TIME ZONE 'UTC'");
      }
      Files.createDirectories(directory);
      List<ExportedTable> written = new ArrayList<>();
      List<String> chosen = chosen(tables, known(connection));
      for (String table : chosen) {
        listener.writing(table, written.size(), chosen.size());
        written.add(write(connection, parquet, table, format, directory));
      }
      connection.rollback();
      return written;
    } catch (SQLException e) {
      throw Failure.failed(
          "the tables cannot be exported (SQLSTATE %s): %s"
              .formatted(
                  e.getSQLState(), String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          "Look at the database's state: profilemesh migrate status",
          e);
    } catch (IOException e) {
      throw Failure.failed(
          "cannot write to " + directory + ": " + e.getMessage(),
          "Choose another directory with --output.",
          e);
    }
  }

  private static List<String> chosen(List<String> asked, List<String> known) {
    if (asked.isEmpty()) {
      return known.stream().filter(table -> !SECRET.contains(table)).toList();
    }
    List<String> tables = new ArrayList<>();
    for (String name : asked) {
      String table = name.startsWith("profilemesh_") ? name : "profilemesh_" + name;
      if (!known.contains(table)) {
        throw Failure.usage(
            "there is no table " + name,
            "There are: "
                + known.stream()
                    .map(each -> each.substring("profilemesh_".length()))
                    .collect(Collectors.joining(", ")));
      }
      tables.add(table);
    }
    return tables;
  }

  private static ExportedTable write(
      Connection connection,
      @Nullable ParquetFiles parquet,
      String table,
      ExportFormat format,
      Path directory)
      throws SQLException, IOException {
    Path file = directory.resolve(table + '.' + format.extension());
    Path csv = directory.resolve(table + ".csv.part");
    Path part = directory.resolve(table + ".parquet.part");
    try {
      List<ExportedColumn> columns = columns(connection, table);
      long rows = copy(connection, table, columns, format, csv);
      if (parquet != null) {
        parquet.convert(csv, columns, part);
      }
      Files.move(parquet == null ? csv : part, file, StandardCopyOption.REPLACE_EXISTING);
      return new ExportedTable(table, rows, file);
    } finally {
      Files.deleteIfExists(csv);
      Files.deleteIfExists(part);
    }
  }

  private static long copy(
      Connection connection,
      String table,
      List<ExportedColumn> columns,
      ExportFormat format,
      Path csv)
      throws SQLException, IOException {
    String select =
        columns.stream()
            .map(
                column ->
                    format == ExportFormat.CSV ? column.selected() : column.selectedForParquet())
            .collect(Collectors.joining(", "));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(csv), 1 << 16)) {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(
              "COPY (SELECT %s FROM %s) TO STDOUT (FORMAT csv, HEADER true, ENCODING 'UTF8')"
                  .formatted(select, ExportedColumn.quoted(table)),
              out);
    }
  }

  private static List<String> known(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private static List<ExportedColumn> columns(Connection connection, String table)
      throws SQLException {
    List<ExportedColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(new ExportedColumn(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return columns;
  }
}
