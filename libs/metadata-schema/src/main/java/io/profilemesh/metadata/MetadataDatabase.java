package io.profilemesh.metadata;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where the metadata tables are. Opens one connection per call, in UTC, because Flyway's history
 * keeps its times without a zone.
 */
final class MetadataDatabase implements DataSource {

  private static final String CONNECT_SECONDS = "5";

  private final String jdbcUrl;
  private final @Nullable String username;
  private final @Nullable String password;

  MetadataDatabase(String jdbcUrl, @Nullable String username, @Nullable String password) {
    if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("the metadata tables need a jdbc:postgresql: address");
    }
    this.jdbcUrl = jdbcUrl;
    this.username = username;
    this.password = password;
  }

  /**
   * A connection in UTC.
   *
   * @throws DatabaseUnavailableException when there is none to be had
   */
  Connection open() {
    try {
      return getConnection();
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /**
   * Proves that a connection can be had.
   *
   * @throws DatabaseUnavailableException when it cannot
   */
  void openAndClose() {
    try (Connection connection = open()) {
      connection.isValid(1);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /** The address without anything that might be a secret. */
  String address() {
    int parameters = jdbcUrl.indexOf('?');
    String address = parameters < 0 ? jdbcUrl : jdbcUrl.substring(0, parameters);
    return address.substring("jdbc:".length());
  }

  /** One sentence for a connection that failed. */
  DatabaseUnavailableException unavailable(SQLException e) {
    return new DatabaseUnavailableException(
        switch (String.valueOf(e.getSQLState())) {
          case "28P01", "28000" ->
              "The metadata database at %s refuses the user %s: check name and password."
                  .formatted(address(), username);
          case "3D000" ->
              "The server of %s has no such database: create it, then run the command again."
                  .formatted(address());
          default ->
              "The metadata database at %s cannot be reached (%s): is it running?"
                  .formatted(address(), firstLine(e));
        });
  }

  /** Whether the server, not the statement, is the trouble. */
  static boolean isUnavailable(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53")
        || state.startsWith("28")
        || state.equals("3D000");
  }

  static String firstLine(Throwable e) {
    String message = String.valueOf(e.getMessage()).strip();
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.replaceFirst("[.]$", "").toLowerCase(Locale.ROOT).startsWith("connection to")
        ? "connection refused"
        : line;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Properties properties = new Properties();
    if (username != null) {
      properties.setProperty("user", username);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("ApplicationName", "profilemesh-migrate");
    Connection connection = DriverManager.getConnection(jdbcUrl, properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  @Override
  public Connection getConnection(String user, String secret) throws SQLException {
    throw new SQLFeatureNotSupportedException("the credentials are given once");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
