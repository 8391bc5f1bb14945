package io.profilemesh.configuration;

import io.profilemesh.configuration.file.ConfigurationNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
    return type == null || location == null
        ? Optional.empty()
        : Optional.of(new SourceConfig(new SourceName(name), type, location, limits, enabled));
  }

  /** Without a type the keys that are there tell which kind of place is meant. */
  private @Nullable SourceLocation location(ConfigurationNode node, @Nullable SourceType type) {
    boolean file = type == null ? node.has(SourceKeys.PATH) : type.isFile();
    return file ? file(node) : server(node, type);
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
    String path = node.get(SourceKeys.PATH);
    if (path == null) {
      return null;
    }
    try {
      return new SourceLocation.LocalFile(directory.toAbsolutePath().resolve(path).normalize());
    } catch (InvalidPathException e) {
      node.mistake(SourceKeys.PATH, "is no path of this system");
      return null;
    }
  }

  private @Nullable String secret(String file) {
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
