package io.profilemesh.sink.rebuild;

import io.profilemesh.metadata.Migrations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Where the metadata tables are and who may replace them; the password never shows.
 *
 * @param jdbcUrl {@code jdbc:postgresql:} address
 * @param username role that owns the tables and may create schemas
 * @param password its password
 */
public record TablesAddress(String jdbcUrl, String username, String password) {

  private static final Pattern SCHEMA = Pattern.compile("([?&])currentSchema=[^&]*");

  /** A connection; in UTC, so that rows read the same wherever the program runs. */
  Connection connect() throws SQLException {
    return open(jdbcUrl);
  }

  /** A connection whose tables are those of another schema. */
  Connection connect(String schema) throws SQLException {
    return open(inSchema(schema));
  }

  /** The migrations of another schema. */
  Migrations migrations(String schema) {
    return Migrations.of(inSchema(schema), username, password);
  }

  private String inSchema(String schema) {
    String bare = SCHEMA.matcher(jdbcUrl).replaceAll("$1").replaceAll("[?&]+$", "");
    return bare + (bare.contains("?") ? '&' : '?') + "currentSchema=" + schema;
  }

  private Connection open(String url) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", username);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("ApplicationName", "profilemesh-rebuild");
    Connection connection = DriverManager.getConnection(url, properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public String toString() {
    return username + " at " + jdbcUrl;
  }
}
