package io.profilemesh.profiler.dialect;

import io.profilemesh.profiler.dialect.FileTables.FileTable;
import io.profilemesh.profiler.dialect.FileTables.Format;
import io.profilemesh.schema.ReasonCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Parquet and CSV files as tables, read by DuckDB where they lie. A CSV file's columns have the
 * types that its first rows suggest; columns whose later values are of another kind are read once
 * more as what holds them.
 */
public final class FilesDialect extends DuckDbDialect {

  private final FileTables files;
  private final Catalog catalog = new FilesCatalog();
  private final Map<TableRef, String> sources = new ConcurrentHashMap<>();

  /**
   * @param files the tables there are
   */
  public FilesDialect(FileTables files) {
    this.files = files;
  }

  @Override
  public String name() {
    return "files";
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public Optional<ChangeTokens> changeTokens() {
    return Optional.of(new FilesChangeTokens(files));
  }

  /** As the table was when it was described last. */
  @Override
  public String from(TableRef table) {
    String source = sources.get(table);
    if (source == null) {
      throw new IllegalStateException("a table of files is described before it is read");
    }
    return source;
  }

  @Override
  String typed(SourceColumn column) {
    String quoted = quote(column.name().value());
    String type = typeOf(column);
    return type == null ? quoted : "TRY_CAST(" + quoted + " AS " + type + ")";
  }

  @Override
  public Optional<String> misfit(SourceColumn column) {
    if (typeOf(column) == null) {
      return Optional.empty();
    }
    String quoted = quote(column.name().value());
    String typed = typed(column);
    // The engine rounds the text of a fraction to a whole number.
    String rounded =
        column.encoding() == JdbcEncoding.LONG
            ? " OR " + typed + " <> TRY_CAST(" + quoted + " AS DOUBLE)"
            : "";
    return Optional.of("(" + quoted + " IS NOT NULL AND (" + typed + " IS NULL" + rounded + "))");
  }

  /** Type to try; null where every value fits. On a column that has the type it costs nothing. */
  private static @Nullable String typeOf(SourceColumn column) {
    return switch ((JdbcEncoding) column.encoding()) {
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case DECIMAL -> decimalOf(column.definition().dataType());
      case BOOLEAN -> "BOOLEAN";
      case DATE_AS_DAYS -> "DATE";
      case TIME_AS_MICROS -> "TIME";
      case TIMESTAMP_AS_MICROS -> "TIMESTAMP";
      case INSTANT_AS_MICROS -> "TIMESTAMPTZ";
      case UUID_AS_TEXT -> "UUID";
      case TEXT,
          PADDED_TEXT,
          JSON,
          OTHER_AS_TEXT,
          ARRAY_AS_TEXT,
          BYTES,
          DATE_AS_TEXT,
          TIME_AS_TEXT,
          TIMESTAMP_AS_TEXT ->
          null;
    };
  }

  /** A decimal of its own, or what a column of other numbers has become. */
  private static String decimalOf(String dataType) {
    boolean own =
        dataType.startsWith("DECIMAL") || DuckDbTypes.encodingOf(dataType) == JdbcEncoding.DECIMAL;
    return own ? dataType : "DECIMAL(38, 9)";
  }

  @Override
  public OptionalLong bytes(Connection connection, TableRef table) {
    try {
      Optional<FileTable> found = files.find(table.schema(), table.table());
      long bytes = 0;
      for (Path file : found.map(FileTable::files).orElse(List.of())) {
        bytes += Files.size(file);
      }
      return found.isPresent() ? OptionalLong.of(bytes) : OptionalLong.empty();
    } catch (IOException | UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public String describe(SQLException failure) {
    return classify(failure) == ReasonCode.SOURCE_QUERY_FAILED
        ? "A file of the table cannot be read as what its ending says, or all of them as one table."
        : "The directory of the source cannot be read: it must exist and be readable.";
  }

  private static SQLException unreadable(UncheckedIOException e) {
    return new SQLException("the directory cannot be read", "08001", e);
  }

  /** Directories in the place of a catalogue. */
  private final class FilesCatalog implements Catalog {

    @Override
    public List<TableRef> tables(Connection connection) throws SQLException {
      try {
        return files.all().stream().map(FileTable::table).toList();
      } catch (UncheckedIOException e) {
        throw unreadable(e);
      }
    }

    @Override
    public Optional<TableDescription> describe(Connection connection, String schema, String table)
        throws SQLException {
      Optional<FileTable> found;
      try {
        found = files.find(schema, table);
      } catch (UncheckedIOException e) {
        throw unreadable(e);
      }
      if (found.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          found.get().format() == Format.PARQUET
              ? parquet(connection, found.get())
              : csv(connection, found.get()));
    }

    /** Of Parquet files the footers tell; text has nothing more to say. */
    @Override
    public TableFacts facts(Connection connection, TableDescription table) throws SQLException {
      TableFacts.Builder facts = TableFacts.of(table).type(TableFacts.Type.FILE);
      Optional<FileTable> found;
      try {
        found = files.find(table.table().schema(), table.table().table());
      } catch (UncheckedIOException e) {
        throw unreadable(e);
      }
      if (found.isPresent()) {
        facts
            .storageFormat(found.get().format().schema())
            .location(files.location(found.get()))
            .property("files", Integer.toString(found.get().files().size()));
        if (found.get().format() == Format.PARQUET) {
          footers(connection, CsvShape.list(found.get().files()), facts);
        }
      }
      return facts.build();
    }

    private void footers(Connection connection, String list, TableFacts.Builder facts)
        throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT CAST(sum(total_uncompressed_size) AS DOUBLE)"
                      + " / nullif(CAST(sum(total_compressed_size) AS DOUBLE), 0),"
                      + " string_agg(DISTINCT compression, ', ' ORDER BY compression),"
                      + " CAST(count(DISTINCT (file_name, row_group_id)) AS VARCHAR)"
                      + " FROM parquet_metadata("
                      + list
                      + ")")) {
        if (row.next()) {
          double ratio = row.getDouble(1);
          facts
              .compressionRatio(row.wasNull() || !(ratio > 0) ? null : Double.valueOf(ratio))
              .property("compression", row.getString(2))
              .property("rowGroups", row.getString(3));
        }
      }
    }

    private TableDescription parquet(Connection connection, FileTable table) throws SQLException {
      String list = CsvShape.list(table.files());
      String source = "read_parquet(" + list + ", union_by_name = true, hive_partitioning = false)";
      sources.put(table.table(), source);
      List<SourceColumn> columns = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("DESCRIBE SELECT * FROM " + source)) {
        while (row.next()) {
          columns.add(
              DuckDbCatalog.column(
                  row.getString(1), columns.size() + 1, row.getString(2), null, null));
        }
      }
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT CAST(sum(num_rows) AS BIGINT) FROM parquet_file_metadata("
                      + list
                      + ")")) {
        Long rows = row.next() ? Long.valueOf(row.getLong(1)) : null;
        return new TableDescription(table.table(), columns, rows, null);
      }
    }

    private TableDescription csv(Connection connection, FileTable table) throws SQLException {
      CsvShape shape = CsvShape.of(connection, table.files().get(0));
      sources.put(table.table(), shape.from(table.files()));
      List<SourceColumn> columns = new ArrayList<>();
      for (int i = 0; i < shape.names().size(); i++) {
        columns.add(
            DuckDbCatalog.column(shape.names().get(i), i + 1, shape.types().get(i), null, null));
      }
      return new TableDescription(table.table(), columns, null, null);
    }
  }
}
