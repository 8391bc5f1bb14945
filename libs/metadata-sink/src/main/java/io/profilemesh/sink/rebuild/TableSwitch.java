package io.profilemesh.sink.rebuild;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts rebuilt tables in the place of those in use, within the caller's transaction: the old ones
 * move to a schema of their own, the new ones take their names, owners and grants.
 */
final class TableSwitch {

  private static final String OUTSIDERS =
      """
      SELECT k.conrelid::regclass::text || ' (' || k.conname || ')'
        FROM pg_constraint k
        JOIN pg_class child ON child.oid = k.conrelid
        JOIN pg_class parent ON parent.oid = k.confrelid
       WHERE k.contype = 'f'
         AND parent.relnamespace = ?::regnamespace AND parent.relname = ANY (?)
         AND NOT (child.relnamespace = ?::regnamespace AND child.relname = ANY (?))
         AND k.conparentid = 0
      """;

  private static final String RIGHTS =
      """
      WITH it AS (SELECT c.*, c.relnamespace::regnamespace || '.' || quote_ident(c.relname) AS name
                    FROM pg_class c WHERE c.oid = ?::regclass)
      SELECT 'ALTER TABLE ' || name || ' OWNER TO ' || quote_ident(pg_get_userbyid(relowner))
        FROM it
      UNION ALL
      SELECT 'GRANT ' || a.privilege_type || ' ON ' || name || ' TO '
               || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
               || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
        FROM it, aclexplode(relacl) a
       WHERE a.grantee <> relowner
      """;

  /** Partitions do not move with their table. */
  private static final String PARTITIONS =
      """
      SELECT c.relnamespace::regnamespace || '.' || quote_ident(c.relname)
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = ?::regclass
       ORDER BY 1
      """;

  private static final String OWNERS =
      "SELECT quote_ident(pg_get_userbyid(relowner)) FROM pg_class WHERE oid = ?::regclass";

  private static final String VIEW =
      """
      WITH it AS (SELECT c.*, c.relnamespace::regnamespace || '.' || quote_ident(c.relname) AS name
                    FROM pg_class c WHERE c.oid = ?::regclass)
      SELECT 'CREATE VIEW ' || name || ' AS ' || pg_get_viewdef(oid) FROM it
      UNION ALL
      SELECT 'COMMENT ON VIEW ' || name || ' IS ' || quote_literal(obj_description(oid, 'pg_class'))
        FROM it WHERE obj_description(oid, 'pg_class') IS NOT NULL
      UNION ALL
      SELECT 'COMMENT ON COLUMN ' || name || '.' || quote_ident(a.attname) || ' IS '
               || quote_literal(d.description)
        FROM it
        JOIN pg_attribute a ON a.attrelid = it.oid AND a.attnum > 0
        JOIN pg_description d ON d.objoid = it.oid AND d.objsubid = a.attnum
                             AND d.classoid = 'pg_class'::regclass
      """;

  private final Connection connection;
  private final String live;
  private final String fresh;
  private final String old;

  /**
   * A switch.
   *
   * @param live schema in use, quoted where needed, as are the others
   * @param fresh schema of the rebuilt tables
   * @param old schema, not there yet, for those replaced
   */
  TableSwitch(Connection connection, String live, String fresh, String old) {
    this.connection = connection;
    this.live = live;
    this.fresh = fresh;
    this.old = old;
  }

  /** Tables of somebody else that refer to those that would go, each with its constraint. */
  List<String> outsiders() throws SQLException {
    List<String> outsiders = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(OUTSIDERS)) {
      Object[] names = DerivedTables.ALL.toArray();
      statement.setString(1, live);
      statement.setArray(2, connection.createArrayOf("text", names));
      statement.setString(3, live);
      statement.setArray(4, connection.createArrayOf("text", names));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          outsiders.add(rows.getString(1));
        }
      }
    }
    return outsiders;
  }

  /** Switches. */
  void perform() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Readers go before; if one takes long, the sinks must not wait for it behind us.
      statement.execute("SET LOCAL lock_timeout = '10s'");
      statement.execute("CREATE SCHEMA " + old);
      List<String> views = new ArrayList<>();
      for (String view : DerivedTables.VIEWS) {
        views.addAll(definition(view));
        statement.execute("ALTER VIEW %s.%s SET SCHEMA %s".formatted(live, view, old));
      }
      for (String table : DerivedTables.ALL) {
        move(statement, table);
      }
      for (String sql : views) {
        statement.execute(sql);
      }
    }
  }

  private void move(Statement statement, String table) throws SQLException {
    List<String> rights = texts(RIGHTS, live + '.' + table);
    List<String> owners = texts(OWNERS, live + '.' + table);
    for (String part : texts(PARTITIONS, live + '.' + table)) {
      statement.execute("ALTER TABLE %s SET SCHEMA %s".formatted(part, old));
    }
    for (String part : texts(PARTITIONS, fresh + '.' + table)) {
      statement.execute("ALTER TABLE %s SET SCHEMA %s".formatted(part, live));
    }
    statement.execute("ALTER TABLE %s.%s SET SCHEMA %s".formatted(live, table, old));
    statement.execute("ALTER TABLE %s.%s SET SCHEMA %s".formatted(fresh, table, live));
    for (String right : rights) {
      statement.execute(right);
    }
    for (String part : texts(PARTITIONS, live + '.' + table)) {
      for (String owner : owners) {
        statement.execute("ALTER TABLE %s OWNER TO %s".formatted(part, owner));
      }
    }
  }

  /** Statements that make a view as it is, with its comments, owner and grants. */
  private List<String> definition(String view) throws SQLException {
    List<String> statements = new ArrayList<>(texts(VIEW, live + '.' + view));
    statements.addAll(texts(RIGHTS, live + '.' + view));
    return statements;
  }

  private List<String> texts(String sql, String relation) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, relation);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
    }
    return texts;
  }

  /** Drops what was replaced, unless something of somebody else's still looks at it. */
  static void dropOld(Statement statement, String old) throws SQLException {
    String views =
        DerivedTables.VIEWS.stream().map(view -> old + '.' + view).collect(Collectors.joining(","));
    String tables =
        Stream.of(DerivedTables.ALL)
            .flatMap(List::stream)
            .map(table -> old + '.' + table)
            .collect(Collectors.joining(", "));
    statement.execute("DROP VIEW IF EXISTS " + views);
    statement.execute("DROP TABLE IF EXISTS " + tables);
    statement.execute("DROP SCHEMA IF EXISTS " + old);
  }
}
