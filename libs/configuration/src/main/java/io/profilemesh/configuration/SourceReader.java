package io.profilemesh.configuration;

import io.profilemesh.configuration.SourceType.Place;
import io.profilemesh.configuration.file.ConfigurationNode;
import io.profilemesh.configuration.key.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code sources}. */
final class SourceReader {

  private static final long LARGEST_SECRET = 64 * 1024;

  private final Path directory;

  /**
   * @param directory where relative paths of files start
   */
  SourceReader(Path directory) {
    this.directory = directory;
  }

  /** The source, or empty after noting what is wrong with it. */
  Optional<SourceConfig> read(String name, ConfigurationNode node) {
    SourceType type = node.get(SourceKeys.TYPE);
    if (type != null) {
      node.is(type.toString());
    }
    SourceLocation location = location(node, type);
    SourceLimits limits = limits(node);
    boolean enabled = node.valueOf(SourceKeys.ENABLED);
    SourceConfig.Strategy strategy = node.get(SourceKeys.STRATEGY);
    if (type == null || location == null) {
      return Optional.empty();
    }
    return Optional.of(
        new SourceConfig(
            new SourceName(name),
            type,
            location,
            limits,
            enabled,
            strategy == null ? SourceConfig.Strategy.usual(type) : strategy));
  }

  /** Without a type the keys that are there tell which kind of place is meant. */
  private @Nullable SourceLocation location(ConfigurationNode node, @Nullable SourceType type) {
    Place likely = node.has(SourceKeys.PATH) ? Place.FILE : Place.SERVER;
    return switch (type == null ? likely : type.place()) {
      case SERVER -> server(node, type);
      case FILE -> file(node);
      case DIRECTORY -> directory(node);
      case SNOWFLAKE -> snowflake(node);
      case BIGQUERY -> bigQuery(node);
    };
  }

  private @Nullable SourceLocation server(ConfigurationNode node, @Nullable SourceType type) {
    String host = node.valueOf(SourceKeys.HOST);
    int port = node.valueOr(SourceKeys.PORT, type == null ? 1 : type.defaultPort());
    String database = node.get(SourceKeys.DATABASE);
    String username = node.get(SourceKeys.USERNAME);
    String password = node.secret(SourceKeys.PASSWORD, this::secret);
    SourceLocation.TlsMode tlsMode = node.valueOf(SourceKeys.SSL_MODE);
    String certificate = node.get(SourceKeys.SSL_ROOT_CERTIFICATE);
    return database == null || username == null
        ? null
        : new SourceLocation.Server(
            host,
            port,
            database,
            username,
            password == null ? null : new Secret(password),
            tlsMode,
            certificate);
  }

  private @Nullable SourceLocation file(ConfigurationNode node) {
    Path path = path(node, SourceKeys.PATH);
    // It stands in an URL where this sign begins options.
    if (path != null && path.toString().contains(";")) {
      node.mistake(SourceKeys.PATH, "holds ';', which the drivers of files cannot be given");
      return null;
    }
    return path == null ? null : new SourceLocation.LocalFile(path);
  }

  private @Nullable SourceLocation directory(ConfigurationNode node) {
    Path path = path(node, SourceKeys.PATH);
    Map<String, String> tables = node.map(SourceKeys.TABLES);
    tables.forEach(
        (name, glob) -> {
          if (glob.startsWith("/") || glob.contains("..") || name.isBlank()) {
            node.mistake(
                SourceKeys.TABLES,
                "'" + name + "' must be a name with a path or glob below the directory");
          }
        });
    return path == null ? null : new SourceLocation.DataFiles(path, tables);
  }

  private @Nullable SourceLocation snowflake(ConfigurationNode node) {
    String account = node.get(SourceKeys.ACCOUNT);
    String database = node.get(SourceKeys.DATABASE);
    String username = node.get(SourceKeys.USERNAME);
    String password = node.secret(SourceKeys.PASSWORD, this::secret);
    String warehouse = node.get(SourceKeys.WAREHOUSE);
    String role = node.get(SourceKeys.ROLE);
    Path key = path(node, SourceKeys.PRIVATE_KEY_FILE);
    if (key != null && password != null) {
      node.mistake(SourceKeys.PRIVATE_KEY_FILE, "password and private-key-file exclude each other");
    }
    return account == null || database == null || username == null
        ? null
        : new SourceLocation.Snowflake(
            account,
            database,
            warehouse,
            role,
            username,
            password == null ? null : new Secret(password),
            key);
  }

  private @Nullable SourceLocation bigQuery(ConfigurationNode node) {
    String project = node.get(SourceKeys.PROJECT);
    String location = node.get(SourceKeys.LOCATION);
    Path credentials = path(node, SourceKeys.CREDENTIALS_FILE);
    return project == null ? null : new SourceLocation.BigQuery(project, location, credentials);
  }

  private @Nullable Path path(ConfigurationNode node, Key<String> key) {
    String path = node.get(key);
    if (path == null) {
      return null;
    }
    try {
      return directory.toAbsolutePath().resolve(path).normalize();
    } catch (InvalidPathException e) {
      node.mistake(key, "is no path of this system");
      return null;
    }
  }

  /** What a file of a secret holds; null when it cannot be read. */
  @Nullable String secret(String file) {
    try {
      Path path = directory.resolve(file);
      return Files.size(path) > LARGEST_SECRET
          ? null
          : Files.readString(path, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }

  private static SourceLimits limits(ConfigurationNode node) {
    int scans = node.valueOf(SourceKeys.MAX_SCANS);
    int connections =
        node.valueOr(
            SourceKeys.MAX_CONNECTIONS,
            Math.max(SourceLimits.DEFAULTS.maxConnections(), scans + 1));
    if (connections <= scans) {
      node.mistake(SourceKeys.MAX_CONNECTIONS, "must be above max-scans (" + scans + ")");
      connections = scans + 1;
    }
    return new SourceLimits(
        connections,
        scans,
        node.valueOf(SourceKeys.CONNECT_TIMEOUT),
        node.valueOf(SourceKeys.STATEMENT_TIMEOUT),
        node.valueOf(SourceKeys.LOCK_TIMEOUT));
  }
}
