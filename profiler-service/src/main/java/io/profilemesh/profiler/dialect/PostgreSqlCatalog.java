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

/** PostgreSQL's own catalogue, {@code pg_catalog}. */
final class PostgreSqlCatalog implements Catalog {

  private static final String TABLES =
      """
      SELECT n.nspname, c.relname, c.relkind
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND NOT c.relispartition
        AND c.relpersistence <> 't'
        AND n.nspname <> 'information_schema'
        AND n.nspname !~ '^pg_'
      ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
      """;

  private static final String TABLE =
      """
      SELECT c.oid, c.relkind, pg_catalog.obj_description(c.oid, 'pg_class'),
        CASE
          WHEN c.relkind = 'p' THEN (
            SELECT CASE WHEN pg_catalog.min(l.reltuples) >= 0
              THEN pg_catalog.sum(l.reltuples::float8) END
            FROM pg_catalog.pg_partition_tree(c.oid) t
            JOIN pg_catalog.pg_class l ON l.oid = t.relid
            WHERE t.isleaf AND l.oid <> c.oid)
          WHEN c.relkind IN ('r', 'm', 'f') AND c.reltuples >= 0 THEN c.reltuples::float8
        END
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      """;

  private static final String COLUMNS =
      """
      SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
        a.attnotnull OR t.typnotnull, pg_catalog.col_description(a.attrelid, a.attnum),
        b.oid, b.typtype, b.typcategory, b.built_in, b.trusted_send, b.element_sendable
      FROM pg_catalog.pg_attribute a
      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      CROSS JOIN LATERAL (
        WITH RECURSIVE base AS (
          SELECT t.oid, t.typtype, t.typbasetype
          UNION ALL
          SELECT u.oid, u.typtype, u.typbasetype
          FROM base JOIN pg_catalog.pg_type u ON base.typtype = 'd' AND u.oid = base.typbasetype)
        SELECT p.oid, p.typtype, p.typcategory,
          p.typnamespace = 'pg_catalog'::pg_catalog.regnamespace AS built_in,
          coalesce(f.pronamespace = 'pg_catalog'::pg_catalog.regnamespace, false) AS trusted_send,
          coalesce(
            e.typtype IN ('b', 'e') AND g.pronamespace = 'pg_catalog'::pg_catalog.regnamespace,
            false) AS element_sendable
        FROM base
        JOIN pg_catalog.pg_type p ON p.oid = base.oid
        LEFT JOIN pg_catalog.pg_proc f ON f.oid = p.typsend
        LEFT JOIN pg_catalog.pg_type e ON e.oid = p.typelem
        LEFT JOIN pg_catalog.pg_proc g ON g.oid = e.typsend
        WHERE base.typtype <> 'd') b
      WHERE a.attrelid = ?::pg_catalog.oid AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum
      """;

  @Override
  public List<TableRef> tables(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TABLES);
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
    try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        RelationKind kind = kind(row.getString(2));
        double tuples = row.getDouble(4);
        Long estimate = row.wasNull() ? null : Long.valueOf(Math.round(tuples));
        return Optional.of(
            new TableDescription(
                new TableRef(schema, table, kind),
                columns(connection, row.getLong(1), kind),
                estimate,
                row.getString(3)));
      }
    }
  }

  @Override
  public TableFacts facts(Connection connection, TableDescription table) throws SQLException {
    return new PostgreSqlFacts(connection).of(table);
  }

  private static List<SourceColumn> columns(Connection connection, long table, RelationKind kind)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setLong(1, table);
      try (ResultSet row = statement.executeQuery()) {
        List<SourceColumn> columns = new ArrayList<>();
        while (row.next()) {
          columns.add(column(row, columns.size() + 1, kind));
        }
        return columns;
      }
    }
  }

  private static SourceColumn column(ResultSet row, int ordinal, RelationKind kind)
      throws SQLException {
    PostgreSqlEncoding encoding =
        PostgreSqlTypes.encodingOf(
            new PostgreSqlTypes.CatalogType(
                row.getLong(5),
                row.getString(6).charAt(0),
                row.getString(7).charAt(0),
                row.getBoolean(8),
                row.getBoolean(9),
                row.getBoolean(10)));
    // A view does not know what its columns forbid.
    boolean view = kind == RelationKind.VIEW || kind == RelationKind.MATERIALIZED_VIEW;
    @Nullable Boolean nullable = view ? null : Boolean.valueOf(!row.getBoolean(3));
    return new SourceColumn(
        new ColumnDefinition(
            new ColumnName(row.getString(1)),
            ordinal,
            row.getString(2),
            encoding.type(),
            nullable,
            row.getString(4)),
        encoding);
  }

  private static RelationKind kind(String relkind) {
    return switch (relkind) {
      case "p" -> RelationKind.PARTITIONED_TABLE;
      case "v" -> RelationKind.VIEW;
      case "m" -> RelationKind.MATERIALIZED_VIEW;
      case "f" -> RelationKind.FOREIGN_TABLE;
      default -> RelationKind.TABLE;
    };
  }
}
