package io.profilemesh.metadata;

import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Fresh databases for tests. */
final class Databases {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private Databases() {}

  static PostgresEndpoint fresh() {
    return Stacks.shared()
        .createDatabase("migrations_" + COUNT.incrementAndGet() + "_" + System.nanoTime());
  }

  static Migrations migrations(PostgresEndpoint endpoint) {
    return Migrations.of(endpoint.jdbcUrl(), endpoint.username(), endpoint.password());
  }

  /** Migrations of a program that has other scripts than ours. */
  static Migrations migrations(PostgresEndpoint endpoint, List<ScriptResources.Script> scripts) {
    return new Migrations(
        new MetadataDatabase(endpoint.jdbcUrl(), endpoint.username(), endpoint.password()),
        new ScriptResources(scripts));
  }

  static void execute(PostgresEndpoint endpoint, String sql) throws SQLException {
    try (Connection connection = endpoint.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
