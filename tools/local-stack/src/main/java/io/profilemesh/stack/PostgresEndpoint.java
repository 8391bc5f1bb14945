package io.profilemesh.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A PostgreSQL database and who connects to it; the password never shows in {@link #toString}. */
public record PostgresEndpoint(
    String host, int port, String database, String username, String password) {

  public PostgresEndpoint {
    if (host.isBlank() || database.isBlank() || username.isBlank()) {
      throw new IllegalArgumentException("host, database and username are never blank");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port out of 1..65535: " + port);
    }
  }

  /** Address for a JDBC driver, without credentials. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** The same server and user, another database. */
  public PostgresEndpoint withDatabase(String other) {
    return new PostgresEndpoint(host, port, other, username, password);
  }

  /** The same database, another user. */
  public PostgresEndpoint withUser(String otherName, String otherPassword) {
    return new PostgresEndpoint(host, port, database, otherName, otherPassword);
  }

  /** A new connection; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), username, password);
  }

  @Override
  public String toString() {
    return username + "@" + host + ":" + port + "/" + database;
  }
}
