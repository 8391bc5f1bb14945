package io.profilemesh.sink.rebuild;

import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.SchemaSupport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema of the fresh tables. While they are filled, the largest go without keys and indexes,
 * which are made in one go afterwards: that costs a fraction of keeping them up row by row. A row
 * that came twice would be noticed then.
 */
final class FreshSchema {

  /** Tables that are only added to: nobody looks for their rows while they are filled. */
  private static final List<String> ADDED_TO =
      List.of("profilemesh_column_profiles", "profilemesh_profile_sketches");

  private static final String CONSTRAINTS =
      """
      SELECT quote_ident(k.conname), pg_get_constraintdef(k.oid)
        FROM pg_constraint k
       WHERE k.conrelid = to_regclass(?) AND k.contype IN ('p', 'f') AND k.conparentid = 0
       ORDER BY k.contype = 'f', k.conname
      """;

  private static final String INDEXES =
      """
      SELECT quote_ident(x.relname),
             replace(replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON '),
                     ' ' || quote_ident(current_schema()) || '.', ' ')
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
       WHERE i.indrelid = to_regclass(?)
         AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
       ORDER BY 1
      """;

  private final TablesAddress tables;
  private final String name;
  private final String quoted;

  /**
   * A schema, which need not be there.
   *
   * @param name its name as it is
   * @param quoted its name, quoted where needed
   */
  FreshSchema(TablesAddress tables, String name, String quoted) {
    this.tables = tables;
    this.name = name;
    this.quoted = quoted;
  }

  Connection connect() throws SQLException {
    return tables.connect(name);
  }

  /**
   * Makes it unless it is there; tells whether it was.
   *
   * @param restart whether to throw away what is there
   */
  boolean prepare(Connection control, boolean restart) throws SQLException {
    try (Statement statement = control.createStatement()) {
      if (restart) {
        statement.execute("DROP SCHEMA IF EXISTS " + quoted + " CASCADE");
      }
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted);
      int version = version();
      if (version == SchemaSupport.VERSION) {
        return true;
      }
      if (version > 0) {
        statement.execute("DROP SCHEMA " + quoted + " CASCADE");
        statement.execute("CREATE SCHEMA " + quoted);
      }
    }
    tables.migrations(name).apply(ApplyOptions.all());
    strip();
    return false;
  }

  private int version() throws SQLException {
    try (Connection fresh = connect()) {
      return SchemaSupport.check(fresh).version();
    }
  }

  private void strip() throws SQLException {
    try (Connection fresh = connect();
        Statement statement = fresh.createStatement()) {
      fresh.setAutoCommit(false);
      for (String table : ADDED_TO) {
        List<Part> constraints = parts(fresh, CONSTRAINTS, table);
        // Foreign keys first.
        for (int i = constraints.size() - 1; i >= 0; i--) {
          statement.execute(
              "ALTER TABLE %s DROP CONSTRAINT %s".formatted(table, constraints.get(i).name));
        }
        for (Part index : parts(fresh, INDEXES, table)) {
          statement.execute("DROP INDEX " + index.name);
        }
      }
      fresh.commit();
    }
  }

  /** Makes the keys and indexes of the tables in use that are not there yet. */
  void complete(Connection control) throws SQLException {
    try (Connection fresh = connect();
        Statement statement = fresh.createStatement()) {
      for (String table : ADDED_TO) {
        List<String> there = new ArrayList<>();
        parts(fresh, CONSTRAINTS, table).forEach(part -> there.add(part.name));
        parts(fresh, INDEXES, table).forEach(part -> there.add(part.name));
        for (Part constraint : parts(control, CONSTRAINTS, table)) {
          if (!there.contains(constraint.name)) {
            statement.execute(
                "ALTER TABLE %s ADD CONSTRAINT %s %s"
                    .formatted(table, constraint.name, constraint.definition));
          }
        }
        for (Part index : parts(control, INDEXES, table)) {
          if (!there.contains(index.name)) {
            statement.execute(index.definition);
          }
        }
      }
    }
  }

  void drop(Connection control) throws SQLException {
    try (Statement statement = control.createStatement()) {
      statement.execute("DROP SCHEMA " + quoted + " CASCADE");
    }
  }

  private static List<Part> parts(Connection connection, String sql, String table)
      throws SQLException {
    List<Part> parts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          parts.add(new Part(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return parts;
  }

  /** A constraint or an index: its name, and what makes it in the connection's schema. */
  private record Part(String name, String definition) {}
}
