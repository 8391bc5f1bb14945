package io.profilemesh.cli.source;

import io.profilemesh.cli.check.Finding;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a role of PostgreSQL may see. */
final class PostgreSqlRights {

  private static final int NAMED = 5;

  private static final String TABLES =
      """
      SELECT n.nspname, c.relname,
        has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'),
        has_table_privilege(c.oid, 'INSERT') OR has_table_privilege(c.oid, 'UPDATE')
          OR has_table_privilege(c.oid, 'DELETE') OR has_table_privilege(c.oid, 'TRUNCATE')
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
        AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
      ORDER BY 1, 2
      """;

  private final Connection connection;

  PostgreSqlRights(Connection connection) {
    this.connection = connection;
  }

  List<Finding> examine(SourceConfig source, ProfilerConfiguration of) throws SQLException {
    long tables = 0;
    long named = 0;
    Set<String> closed = new TreeSet<>();
    Set<String> schemas = new TreeSet<>();
    long writable = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        String schema = row.getString(1);
        boolean matters = of.dataset(source.name(), schema, row.getString(2), null).isPresent();
        tables++;
        named += matters ? 1 : 0;
        writable += row.getBoolean(4) ? 1 : 0;
        if (!row.getBoolean(3)) {
          closed.add(schema + "." + row.getString(2));
          schemas.add(schema);
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(seen(source, tables, named));
    findings.add(readable(source, tables, closed, schemas));
    if (writable > 0) {
      findings.add(
          Finding.warning(
              JdbcSourceProbe.subject(source, "rights"),
              "the role may write to " + Formats.count(writable, "table"),
              "It never does. Better give it a role that can only read: docs/sources.md"));
    }
    return findings;
  }

  private static Finding seen(SourceConfig source, long tables, long named) {
    String subject = JdbcSourceProbe.subject(source, "tables");
    String count = Formats.count(tables, "table");
    if (tables == 0) {
      return Finding.problem(
          subject, "the database has no table", "Check 'database' in the configuration.");
    }
    return named == 0
        ? Finding.warning(
            subject,
            count + ", none of which an entry of 'datasets' speaks of",
            "They can be profiled by name; for schedules and owners, add entries.")
        : Finding.ok(subject, count + ", " + named + " of them in entries of 'datasets'");
  }

  private static Finding readable(
      SourceConfig source, long tables, Set<String> closed, Set<String> schemas) {
    String subject = JdbcSourceProbe.subject(source, "rights");
    if (closed.isEmpty()) {
      return Finding.ok(subject, "the role may read every table");
    }
    String first = String.join(", ", closed.stream().limit(NAMED).toList());
    String what =
        "the role may not read %d of %d: %s%s"
            .formatted(closed.size(), tables, first, closed.size() > NAMED ? " and others" : "");
    String schema = schemas.iterator().next();
    String remedy =
        "As owner: GRANT USAGE ON SCHEMA %1$s TO the role; GRANT SELECT ON ALL TABLES IN SCHEMA %1$s TO the role"
            .formatted(schema);
    return closed.size() == tables
        ? Finding.problem(subject, what, remedy)
        : Finding.warning(subject, what, remedy + " (if it should).");
  }
}
