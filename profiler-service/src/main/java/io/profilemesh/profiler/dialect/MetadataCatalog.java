package io.profilemesh.profiler.dialect;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a driver says of the connected database; for engines whose drivers know it best. */
final class MetadataCatalog implements Catalog {

  private static final Comparator<TableRef> BY_NAME =
      Comparator.comparing(TableRef::schema).thenComparing(TableRef::table);

  private final Set<String> hiddenSchemas;
  private final Function<String, JdbcEncoding> encodings;

  /**
   * @param hiddenSchemas the engine's own, in capitals
   * @param encodings by the driver's names of types, in capitals, without parameters
   */
  MetadataCatalog(Set<String> hiddenSchemas, Function<String, JdbcEncoding> encodings) {
    this.hiddenSchemas = Set.copyOf(hiddenSchemas);
    this.encodings = encodings;
  }

  @Override
  public List<TableRef> tables(Connection connection) throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    List<TableRef> tables = new ArrayList<>();
    try (ResultSet row = metadata.getTables(connection.getCatalog(), null, "%", null)) {
      while (row.next()) {
        add(row, tables);
      }
    }
    tables.sort(BY_NAME);
    return tables;
  }

  @Override
  public Optional<TableDescription> describe(Connection connection, String schema, String table)
      throws SQLException {
    if (schema.indexOf('\0') >= 0 || table.isEmpty() || table.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    DatabaseMetaData metadata = connection.getMetaData();
    String catalog = connection.getCatalog();
    List<TableRef> found = new ArrayList<>();
    String comment = null;
    String schemaPattern = pattern(metadata, schema);
    String tablePattern = pattern(metadata, table);
    try (ResultSet row = metadata.getTables(catalog, schemaPattern, tablePattern, null)) {
      while (row.next()) {
        if (schema.equals(row.getString("TABLE_SCHEM"))
            && table.equals(row.getString("TABLE_NAME"))) {
          comment = row.getString("REMARKS");
          add(row, found);
        }
      }
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    TableRef ref = found.get(0);
    List<SourceColumn> columns = new ArrayList<>();
    try (ResultSet row = metadata.getColumns(catalog, schemaPattern, tablePattern, "%")) {
      while (row.next()) {
        if (schema.equals(row.getString("TABLE_SCHEM"))
            && table.equals(row.getString("TABLE_NAME"))) {
          columns.add(column(row, columns.size() + 1, ref.kind()));
        }
      }
    }
    boolean said = comment != null && !comment.isEmpty();
    return Optional.of(new TableDescription(ref, columns, null, said ? comment : null));
  }

  private void add(ResultSet row, List<TableRef> tables) throws SQLException {
    String schema = row.getString("TABLE_SCHEM");
    String type = String.valueOf(row.getString("TABLE_TYPE")).toUpperCase(Locale.ROOT);
    if (schema != null && !hiddenSchemas.contains(schema.toUpperCase(Locale.ROOT))) {
      kind(type).ifPresent(kind -> tables.add(new TableRef(schema, name(row), kind)));
    }
  }

  private static String name(ResultSet row) {
    try {
      return row.getString("TABLE_NAME");
    } catch (SQLException e) {
      throw new IllegalStateException("the driver does not name its tables", e);
    }
  }

  private SourceColumn column(ResultSet row, int ordinal, RelationKind kind) throws SQLException {
    String type = row.getString("TYPE_NAME");
    int size = row.getInt("COLUMN_SIZE");
    int digits = row.getInt("DECIMAL_DIGITS");
    String plain = type.replaceAll("\\s*\\(.*", "").toUpperCase(Locale.ROOT);
    JdbcEncoding encoding = encodings.apply(plain);
    boolean whole = encoding == JdbcEncoding.DECIMAL && digits == 0 && size > 0 && size <= 18;
    boolean view = kind == RelationKind.VIEW || kind == RelationKind.MATERIALIZED_VIEW;
    int nullable = row.getInt("NULLABLE");
    @Nullable Boolean mayBeNull =
        view || nullable == DatabaseMetaData.columnNullableUnknown
            ? null
            : Boolean.valueOf(nullable == DatabaseMetaData.columnNullable);
    String comment = row.getString("REMARKS");
    JdbcEncoding read = whole ? JdbcEncoding.LONG : encoding;
    return new SourceColumn(
        new ColumnDefinition(
            new ColumnName(row.getString("COLUMN_NAME")),
            ordinal,
            type,
            read.type(),
            mayBeNull,
            comment == null || comment.isEmpty() ? null : comment),
        read);
  }

  private static Optional<RelationKind> kind(String type) {
    if (type.contains("INDEX")
        || type.contains("SEQUENCE")
        || type.contains("SYSTEM")
        || type.contains("TEMPORARY")
        || type.contains("TYPE")) {
      return Optional.empty();
    }
    if (type.contains("MATERIALIZED")) {
      return Optional.of(RelationKind.MATERIALIZED_VIEW);
    }
    if (type.contains("VIEW")) {
      return Optional.of(RelationKind.VIEW);
    }
    if (type.contains("EXTERNAL") || type.contains("FOREIGN")) {
      return Optional.of(RelationKind.FOREIGN_TABLE);
    }
    return type.contains("TABLE") ? Optional.of(RelationKind.TABLE) : Optional.empty();
  }

  /** A name that is no pattern; drivers that escape nothing answer more, which is sorted out. */
  private static String pattern(DatabaseMetaData metadata, String name) throws SQLException {
    String escape = metadata.getSearchStringEscape();
    return escape == null || escape.isEmpty()
        ? name
        : name.replace(escape, escape + escape)
            .replace("_", escape + "_")
            .replace("%", escape + "%");
  }
}
