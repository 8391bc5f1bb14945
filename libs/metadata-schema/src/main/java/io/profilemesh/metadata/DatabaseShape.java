package io.profilemesh.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tables, columns, constraints, indexes and views of ours in a database, each as a name and a
 * definition that can be compared as text; partitions come and go and are left out.
 */
final class DatabaseShape {

  private static final String OBJECTS =
      """
      SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END || ' ' || c.relname AS name,
             '' AS definition
        FROM pg_class c
       WHERE c.relnamespace = current_schema()::regnamespace
         AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
         AND c.relname LIKE 'profilemesh\\_%'
      UNION ALL
      SELECT 'column ' || c.relname || '.' || a.attname,
             format_type(a.atttypid, a.atttypmod)
               || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
               || COALESCE(CASE WHEN a.attgenerated = '' THEN ' default ' ELSE ' generated ' END
                           || pg_get_expr(d.adbin, d.adrelid), '')
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
       WHERE c.relnamespace = current_schema()::regnamespace
         AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
         AND c.relname LIKE 'profilemesh\\_%'
      UNION ALL
      SELECT 'constraint ' || c.relname || '.' || k.conname, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
       WHERE c.relnamespace = current_schema()::regnamespace
         AND k.contype IN ('p', 'u', 'f', 'c') AND NOT c.relispartition
         AND c.relname LIKE 'profilemesh\\_%'
      UNION ALL
      SELECT 'index ' || x.relname,
             replace(pg_get_indexdef(i.indexrelid), ' ' || quote_ident(current_schema()) || '.', ' ')
               || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END
        FROM pg_index i
        JOIN pg_class x ON x.oid = i.indexrelid
        JOIN pg_class c ON c.oid = i.indrelid
       WHERE c.relnamespace = current_schema()::regnamespace
         AND NOT c.relispartition AND c.relname LIKE 'profilemesh\\_%'
      """;

  private DatabaseShape() {}

  /** Definitions by name, in order of name; Flyway's own table left out. */
  static SortedMap<String, String> of(Connection connection) throws SQLException {
    SortedMap<String, String> shape = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(OBJECTS);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String name = rows.getString(1);
        if (!name.contains(Migrations.HISTORY_TABLE)) {
          shape.put(name, rows.getString(2).replaceAll("\\s+", " ").strip());
        }
      }
    }
    return shape;
  }

  /** Text form: one line per object, name and definition apart by a tab. */
  static String toText(SortedMap<String, String> shape) {
    StringBuilder text = new StringBuilder();
    shape.forEach(
        (name, definition) -> text.append(name).append('\t').append(definition).append('\n'));
    return text.toString();
  }

  /** Reads the text form. */
  static SortedMap<String, String> parse(String text) {
    SortedMap<String, String> shape = new TreeMap<>();
    text.lines()
        .filter(line -> !line.isBlank())
        .forEach(
            line -> {
              int tab = line.indexOf('\t');
              shape.put(line.substring(0, tab), line.substring(tab + 1));
            });
    return shape;
  }
}
