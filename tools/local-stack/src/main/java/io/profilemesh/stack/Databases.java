package io.profilemesh.stack;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** Creates databases and roles on a PostgreSQL server. */
public final class Databases {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private final PostgresEndpoint superuser;

  public Databases(PostgresEndpoint superuser) {
    this.superuser = superuser;
  }

  /** Creates the database unless it exists; as the superuser. */
  public PostgresEndpoint create(String name) {
    requireName(name);
    execute(connection -> createDatabase(connection, name, superuser.username()));
    return superuser.withDatabase(name);
  }

  /** Creates the role, or sets its password, and the database that it owns, unless it exists. */
  public PostgresEndpoint create(String name, String owner, String password) {
    requireName(name);
    requireName(owner);
    execute(
        connection -> {
          createRole(connection, owner, password);
          createDatabase(connection, name, owner);
        });
    return superuser.withDatabase(name).withUser(owner, password);
  }

  private static void createRole(Connection connection, String role, String password)
      throws SQLException {
    boolean exists = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role);
    String verb = exists ? "ALTER" : "CREATE";
    try (Statement statement = connection.createStatement()) {
      String quoted = statement.enquoteLiteral(password);
      statement.execute(verb + " ROLE \"" + role + "\" LOGIN PASSWORD " + quoted);
    }
  }

  private static void createDatabase(Connection connection, String name, String owner)
      throws SQLException {
    if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE \"" + name + "\" OWNER \"" + owner + "\"");
      }
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private void execute(Work work) {
    try (Connection connection = superuser.connect()) {
      work.run(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL refused: " + e.getMessage(), e);
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name has at most 63 letters, digits and underscores: " + name);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run(Connection connection) throws SQLException;
  }
}
