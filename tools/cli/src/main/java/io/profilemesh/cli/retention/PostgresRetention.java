package io.profilemesh.cli.retention;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.metadata.SchemaSupport;
import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.retention.Drop;
import io.profilemesh.metadata.retention.KeptTable;
import io.profilemesh.metadata.retention.Retention;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The retention in PostgreSQL. */
public final class PostgresRetention implements TableRetention {

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final JdbcAddress address;

  public PostgresRetention(JdbcAddress address) {
    this.address = address;
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  @Override
  public List<KeptTable> status() {
    return working(Retention::status);
  }

  @Override
  public void keep(MonthlyTable table, @Nullable Integer days, String by, Instant now) {
    working(
        connection -> {
          connection.setAutoCommit(false);
          Retention.keep(connection, table, days, by, now);
          connection.commit();
          return table;
        });
  }

  @Override
  public List<Drop> due(Instant now) {
    return working(connection -> Retention.due(connection, now));
  }

  @Override
  public void apply(Instant now, String by, Consumer<Drop> done) {
    working(
        connection -> {
          Retention.apply(connection, now, by, done);
          return now;
        });
  }

  private <T> T working(Work<T> work) {
    try (Connection connection =
        DriverManager.getConnection(address.url(), address.username(), address.password())) {
      String problem = SchemaSupport.check(connection).problem();
      if (problem != null) {
        throw Failure.failed(problem, "");
      }
      return work.on(connection);
    } catch (SQLException e) {
      throw Failure.failed(
          "retention was not carried out (SQLSTATE %s): %s"
              .formatted(
                  e.getSQLState(), String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          advice(String.valueOf(e.getSQLState())),
          e);
    }
  }

  private static String advice(String state) {
    return switch (state) {
      case LOCK_NOT_AVAILABLE ->
          "Somebody reads the table for long, such as an export. Run it again: it goes on.";
      case INSUFFICIENT_PRIVILEGE -> "Use the role that owns the tables: --username.";
      default -> "Look at the database's state: profilemesh migrate status";
    };
  }
}
