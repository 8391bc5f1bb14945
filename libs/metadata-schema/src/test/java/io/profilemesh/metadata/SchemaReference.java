package io.profilemesh.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Describes the tables of a database as a page of the documentation. */
final class SchemaReference {

  static final String UNDOCUMENTED = "(undocumented)";

  private static final String TABLES =
      """
      SELECT c.relname, CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END,
             COALESCE(obj_description(c.oid), '(undocumented)'), c.oid
        FROM pg_class c
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
         AND NOT c.relispartition
         AND c.relname <> 'profilemesh_schema_history'
       ORDER BY c.relkind, c.relname
      """;
  private static final String COLUMNS =
      """
      SELECT a.attname,
             format_type(a.atttypid, a.atttypmod),
             a.attnotnull,
             COALESCE(col_description(a.attrelid, a.attnum), '(undocumented)')
        FROM pg_attribute a
       WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
       ORDER BY a.attnum
      """;
  private static final String INDEXES =
      """
      SELECT x.relname, pg_get_indexdef(i.indexrelid)
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
       WHERE i.indrelid = ? ORDER BY x.relname
      """;

  private final Connection connection;
  private final StringBuilder page = new StringBuilder();

  private SchemaReference(Connection connection) {
    this.connection = connection;
  }

  static String of(Connection connection) throws SQLException {
    return new SchemaReference(connection).write();
  }

  private String write() throws SQLException {
    page.append("# Metadata tables\n\n")
        .append("Generated from a migrated database by `SchemaReferenceIT`; do not edit. ")
        .append("Times are UTC. `docs/migrations.md` says how the tables change.\n");
    try (PreparedStatement statement = connection.prepareStatement(TABLES);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        boolean view = rows.getString(2).equals("view");
        page.append("\n## ").append(rows.getString(1)).append(view ? " (view)" : "");
        page.append("\n\n").append(rows.getString(3)).append("\n\n");
        columns(rows.getLong(4), view);
        if (!view) {
          indexes(rows.getLong(4));
        }
      }
    }
    return page.toString();
  }

  private void columns(long table, boolean view) throws SQLException {
    page.append(view ? "| column | type | meaning |\n" : "| column | type | null | meaning |\n");
    page.append(view ? "|---|---|---|\n" : "|---|---|---|---|\n");
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setLong(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          page.append("| `").append(rows.getString(1)).append("` | ").append(rows.getString(2));
          if (!view) {
            page.append(rows.getBoolean(3) ? " | no" : " | yes");
          }
          page.append(" | ").append(rows.getString(4).replace("|", "\\|")).append(" |\n");
        }
      }
    }
  }

  private void indexes(long table) throws SQLException {
    page.append("\nIndexes:\n\n");
    try (PreparedStatement statement = connection.prepareStatement(INDEXES)) {
      statement.setLong(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String definition = rows.getString(2).replaceFirst(".* USING ", "");
          page.append("- `").append(rows.getString(1)).append("`: ").append(definition);
          page.append('\n');
        }
      }
    }
  }
}
