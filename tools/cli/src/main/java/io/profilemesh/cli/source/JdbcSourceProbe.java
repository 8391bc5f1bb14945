package io.profilemesh.cli.source;

import io.profilemesh.cli.check.Finding;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.configuration.CaptureConfig;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceType;
import io.profilemesh.configuration.connection.ConnectionCheck;
import io.profilemesh.configuration.connection.Drivers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Asks sources over JDBC, in sessions that may only read. */
public final class JdbcSourceProbe implements SourceProbe {

  private static final Set<String> SYSTEM =
      Set.of(
          "information_schema",
          "pg_catalog",
          "mysql",
          "performance_schema",
          "sys",
          "pg_internal",
          "system");

  private final ConnectionCheck check;

  /**
   * @param driverDirectories where jars of drivers are; those that do not exist are passed over
   */
  public JdbcSourceProbe(List<Path> driverDirectories) {
    this.check = new ConnectionCheck(Drivers.in(driverDirectories));
  }

  @Override
  public List<Finding> examine(SourceConfig source, ProfilerConfiguration of) {
    List<Finding> findings = new ArrayList<>();
    Optional<String> problem =
        check.problemOf(
            source,
            connection -> {
              findings.add(version(source, connection));
              if (source.type() == SourceType.POSTGRESQL) {
                findings.addAll(new PostgreSqlRights(connection).examine(source, of));
              } else {
                findings.add(tables(source, connection));
              }
            });
    problem.ifPresent(
        sentence -> findings.add(Finding.problem(subject(source, "connection"), sentence, "")));
    if (problem.isEmpty()) {
      findings.addAll(capture(source, of));
    }
    return findings;
  }

  @Override
  public List<Finding> capture(SourceConfig source, ProfilerConfiguration of) {
    Optional<CaptureConfig> capture = of.capture(source.name());
    if (capture.isEmpty() || capture.get().mode() == CaptureConfig.Mode.TOPICS) {
      return List.of();
    }
    if (source.type() != SourceType.POSTGRESQL) {
      return List.of(
          Finding.skipped(
              subject(source, "changes"),
              "only PostgreSQL's replication slots are looked at",
              "The profiler's readiness says whether it follows the log: docs/change-capture.md"));
    }
    List<Finding> findings = new ArrayList<>();
    check
        .problemOf(
            source,
            connection ->
                findings.addAll(new PostgreSqlSlots(connection).examine(source, capture.get())))
        .ifPresent(
            sentence -> findings.add(Finding.problem(subject(source, "changes"), sentence, "")));
    return findings;
  }

  @Override
  public List<Finding> slots(String subject, JdbcAddress address) {
    try (Connection connection =
        DriverManager.getConnection(address.url(), address.username(), address.password())) {
      return new PostgreSqlSlots(connection)
          .examine(subject, null, CaptureConfig.DEFAULT_MAX_LAG_BYTES);
    } catch (SQLException e) {
      return List.of(
          Finding.problem(
              subject,
              "the database does not answer (SQLSTATE " + e.getSQLState() + ")",
              "Check that it runs: profilemesh status"));
    }
  }

  /** What a finding is about. */
  static String subject(SourceConfig source, String what) {
    return source.name() + ": " + what;
  }

  private static Finding version(SourceConfig source, Connection connection) throws SQLException {
    DatabaseMetaData product = connection.getMetaData();
    return Finding.ok(
        subject(source, "connection"),
        "answers as %s %s"
            .formatted(product.getDatabaseProductName(), product.getDatabaseProductVersion()));
  }

  private static Finding tables(SourceConfig source, Connection connection) throws SQLException {
    long tables = 0;
    try (ResultSet row =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(), null, "%", new String[] {"TABLE", "BASE TABLE", "VIEW"})) {
      while (row.next()) {
        String schema = row.getString("TABLE_SCHEM");
        if (schema == null || !SYSTEM.contains(schema.toLowerCase(Locale.ROOT))) {
          tables++;
        }
      }
    }
    return tables == 0 && source.type() != SourceType.FILES
        ? Finding.problem(
            subject(source, "tables"),
            "no table is visible",
            "Check the database's name, and grant the role SELECT: docs/sources.md")
        : Finding.ok(subject(source, "tables"), Formats.count(tables, "table") + " visible");
  }
}
