package io.profilemesh.cli.migrate;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.ApplyResult;
import io.profilemesh.metadata.DatabaseUnavailableException;
import io.profilemesh.metadata.HistoryEntry;
import io.profilemesh.metadata.MigrationRefusedException;
import io.profilemesh.metadata.MigrationStatus;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.metadata.RepairReport;
import io.profilemesh.metadata.Validation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The metadata tables in PostgreSQL. */
public final class PostgresMetadata implements MetadataTables {

  /** Base tables, partitions left out: their rows are their parent's. */
  private static final String TABLES =
      """
      SELECT c.relname, quote_ident(n.nspname) || '.' || quote_ident(c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND n.nspname = current_schema() AND c.relname LIKE 'profilemesh\\_%'
      ORDER BY 1
      """;

  private final JdbcAddress address;

  public PostgresMetadata(JdbcAddress address) {
    this.address = address;
  }

  @Override
  public MigrationStatus status() {
    return asking(() -> migrations().status());
  }

  @Override
  public Validation validate() {
    return asking(() -> migrations().validate());
  }

  @Override
  public ApplyResult apply(ApplyOptions options) {
    return asking(() -> migrations().apply(options));
  }

  @Override
  public List<HistoryEntry> history() {
    return asking(() -> migrations().history());
  }

  @Override
  public RepairReport repair() {
    return asking(() -> migrations().repair());
  }

  @Override
  public int baseline() {
    return asking(
        () -> {
          migrations().baseline();
          return migrations().status().current();
        });
  }

  @Override
  public Map<String, Long> rowCounts() {
    try (Connection connection =
            DriverManager.getConnection(address.url(), address.username(), address.password());
        Statement statement = connection.createStatement()) {
      Map<String, Long> counts = new TreeMap<>();
      for (String[] table : tables(statement)) {
        try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table[1])) {
          count.next();
          counts.put(table[0], count.getLong(1));
        }
      }
      return counts;
    } catch (SQLException e) {
      throw Failure.failed(
          "the metadata tables cannot be counted: " + e.getMessage(),
          "Look at the database's state: profilemesh status",
          e);
    }
  }

  private static List<String[]> tables(Statement statement) throws SQLException {
    List<String[]> tables = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.add(new String[] {rows.getString(1), rows.getString(2)});
      }
    }
    return tables;
  }

  private Migrations migrations() {
    return Migrations.of(address.url(), address.username(), address.password());
  }

  private static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (DatabaseUnavailableException | MigrationRefusedException e) {
      throw Failure.failed(String.valueOf(e.getMessage()), "", e);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()), "");
    }
  }
}
