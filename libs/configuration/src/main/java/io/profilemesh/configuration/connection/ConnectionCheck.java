package io.profilemesh.configuration.connection;

import io.profilemesh.configuration.Secret;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceLocation;
import io.profilemesh.configuration.SourceType;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Tries whether a source answers as it is configured. */
public final class ConnectionCheck {

  private final Drivers drivers;

  public ConnectionCheck(Drivers drivers) {
    this.drivers = drivers;
  }

  /** What a source is asked once it answers. */
  @FunctionalInterface
  public interface Question {
    void ask(Connection connection) throws SQLException;
  }

  /** What is wrong in one sentence with its remedy, without secrets; empty when it answers. */
  public Optional<String> problemOf(SourceConfig source) {
    return problemOf(source, connection -> {});
  }

  /**
   * Asks a source something.
   *
   * @param question asked in a session that may only read
   * @return what is wrong in one sentence with its remedy, without secrets; empty when it answered
   */
  public Optional<String> problemOf(SourceConfig source, Question question) {
    if (source.location() instanceof SourceLocation.LocalFile file && !Files.exists(file.path())) {
      return Optional.of("The file " + file.path() + " does not exist: correct 'path'.");
    }
    if (source.location() instanceof SourceLocation.DataFiles files
        && !Files.isReadable(files.path())) {
      return Optional.of(
          "The path " + files.path() + " does not exist or cannot be read: correct 'path'.");
    }
    SourceAddress address = SourceAddress.of(source);
    Optional<Driver> driver = drivers.forUrl(address.url());
    if (driver.isEmpty()) {
      return Optional.of(drivers.remedy(source.type()));
    }
    try (Connection connection = driver.get().connect(address.url(), properties(address));
        Statement statement = connection.createStatement()) {
      if (!address.initialSql().isEmpty()) {
        statement.execute(address.initialSql());
      }
      question.ask(connection);
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(sentence(e, source));
    }
  }

  private static Properties properties(SourceAddress address) {
    Properties properties = new Properties();
    properties.putAll(address.properties());
    String username = address.username();
    if (username != null) {
      properties.setProperty("user", username);
    }
    Secret password = address.password();
    if (password != null) {
      properties.setProperty("password", password.reveal());
    }
    return properties;
  }

  /** By the state alone: messages of drivers may hold what was sent. */
  private static String sentence(SQLException failure, SourceConfig source) {
    String state = stateOf(failure);
    String suffix = state == null ? "." : " (SQLState " + state + ").";
    if (state == null) {
      return source.type().place() == SourceType.Place.FILE
          ? "The file cannot be opened as " + source.type() + suffix
          : "The source refuses the connection; its log says why" + suffix;
    }
    if (state.startsWith("28")) {
      return "The source refuses the credentials: correct 'username' and 'password'" + suffix;
    }
    if (state.equals("3D000") || state.equals("42000")) {
      return "The source has no such database, or its user may not use it: correct 'database'"
          + suffix;
    }
    if (state.startsWith("08")) {
      return "The source does not answer: check 'host', 'port', 'ssl-mode', and that it runs"
          + suffix;
    }
    return "The source refuses the connection; its log says why" + suffix;
  }

  private static @Nullable String stateOf(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return null;
  }
}
