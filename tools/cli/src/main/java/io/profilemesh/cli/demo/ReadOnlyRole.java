package io.profilemesh.cli.demo;

import io.profilemesh.cli.mesh.ShopConfig;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;

/**
 * The database role that the profiler reads the shop with: it may look at tables, and at the log of
 * the one table whose changes are published.
 *
 * @param name role
 * @param password made anew at each start and never stored; it reaches the profiler through its
 *     environment
 */
public record ReadOnlyRole(String name, String password) {

  static final String NAME = "profilemesh_reader";

  /**
   * Creates the role where it is missing and gives it a new password.
   *
   * @param connection to the database, as one who may create roles
   * @param owner role whose tables, present and future, the new role may read
   */
  static ReadOnlyRole prepare(Connection connection, String database, String owner)
      throws SQLException {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    ReadOnlyRole role = new ReadOnlyRole(NAME, HexFormat.of().formatHex(bytes));
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements(database, owner, role.password())) {
        statement.execute(sql);
      }
    }
    return role;
  }

  private static List<String> statements(String database, String owner, String password) {
    return List.of(
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN CREATE ROLE %1$s; END IF; END $$"
            .formatted(NAME),
        "ALTER ROLE %s LOGIN REPLICATION PASSWORD '%s'".formatted(NAME, password),
        "ALTER ROLE %s SET default_transaction_read_only = on".formatted(NAME),
        "GRANT CONNECT ON DATABASE %s TO %s".formatted(database, NAME),
        "GRANT USAGE ON SCHEMA public TO %s".formatted(NAME),
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO %s".formatted(NAME),
        "ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA public GRANT SELECT ON TABLES TO %s"
            .formatted(owner, NAME),
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = '%1$s') THEN CREATE PUBLICATION %1$s; END IF; END $$"
            .formatted(ShopConfig.PUBLICATION),
        "DO $$ BEGIN IF to_regclass('%2$s') IS NOT NULL THEN ALTER PUBLICATION %1$s SET TABLE %2$s; END IF; END $$"
            .formatted(ShopConfig.PUBLICATION, ShopConfig.CAPTURED));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ReadOnlyRole[" + name + "]";
  }
}
