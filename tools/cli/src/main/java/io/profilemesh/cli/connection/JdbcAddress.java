package io.profilemesh.cli.connection;

/**
 * A PostgreSQL database and who connects to it.
 *
 * @param url JDBC address without credentials
 * @param username role
 * @param password its password; never printed
 */
public record JdbcAddress(String url, String username, String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return username + " at " + url;
  }
}
