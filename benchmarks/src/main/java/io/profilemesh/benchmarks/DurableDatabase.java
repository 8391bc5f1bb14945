package io.profilemesh.benchmarks;

import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A metadata database whose commits reach the disk, which those of tests need not. */
final class DurableDatabase {

  private DurableDatabase() {}

  /** A migrated database of its own. */
  static PostgresEndpoint create(Stack stack, String name) throws SQLException {
    durable(stack);
    PostgresEndpoint database = stack.createDatabase(name);
    Migrations.of(database.jdbcUrl(), database.username(), database.password())
        .apply(ApplyOptions.all());
    return database;
  }

  /** Makes the server's commits durable from now on. */
  static void durable(Stack stack) throws SQLException {
    try (Connection connection = stack.postgres().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET fsync = on");
      statement.execute("ALTER SYSTEM SET full_page_writes = on");
      statement.execute("SELECT pg_reload_conf()");
      while (!text(statement, "SHOW fsync").equals("on")) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A connection with the driver's settings of the service's pool. */
  static Connection connect(PostgresEndpoint database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", database.username());
    properties.setProperty("password", database.password());
    properties.setProperty("reWriteBatchedInserts", "true");
    return DriverManager.getConnection(database.jdbcUrl(), properties);
  }

  static void execute(PostgresEndpoint database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
