package io.profilemesh.configuration;

import io.profilemesh.configuration.SourceLocation.TlsMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code sources}. */
final class SourceReader {

  private static final String SUPPORTED =
      Arrays.stream(SourceType.values())
          .filter(SourceType::isSupported)
          .map(SourceType::toString)
          .collect(Collectors.joining(", "));

  private final Path directory;

  /**
   * @param directory where relative paths of files start
   */
  SourceReader(Path directory) {
    this.directory = directory;
  }

  /** The source, or empty after noting what is wrong with it. */
  Optional<SourceConfig> read(String name, ConfigurationNode node) {
    SourceType type = type(node);
    Optional<SourceLocation> location =
        type != null && type.isFile() ? file(node) : server(node, type);
    SourceLimits limits = limits(node);
    boolean enabled = node.read("enabled", true, "true or false", ConfigurationScalars::truth);
    node.refuseUnknown();
    if (type == null || location.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SourceConfig(new SourceName(name), type, location.get(), limits, enabled));
  }

  private Optional<SourceLocation> server(ConfigurationNode node, @Nullable SourceType type) {
    String host = node.has("host") ? node.requiredText("host") : "localhost";
    int port = port(node, type);
    return Optional.of(
        new SourceLocation.Server(
            host,
            port,
            node.requiredText("database"),
            node.requiredText("username"),
            password(node),
            tlsMode(node),
            node.text("ssl-root-certificate")));
  }

  private Optional<SourceLocation> file(ConfigurationNode node) {
    String path = node.requiredText("path");
    if (path.isBlank()) {
      return Optional.empty();
    }
    try {
      Path absolute = directory.toAbsolutePath().resolve(path).normalize();
      return Optional.of(new SourceLocation.LocalFile(absolute));
    } catch (InvalidPathException e) {
      node.mistake("path", "is no path of this system");
      return Optional.empty();
    }
  }

  private static @Nullable SourceType type(ConfigurationNode node) {
    String text = node.requiredText("type");
    if (text.isBlank()) {
      return null;
    }
    Optional<SourceType> type = SourceType.ofName(text);
    if (type.isEmpty()) {
      node.mistake("type", "'" + text + "' is no database type; supported: " + SUPPORTED);
    } else if (!type.get().isSupported()) {
      node.mistake(
          "type", "'" + text + "' is not supported by this version; supported: " + SUPPORTED);
    }
    return type.filter(SourceType::isSupported).orElse(null);
  }

  private static int port(ConfigurationNode node, @Nullable SourceType type) {
    int fallback = type == null ? 1 : type.defaultPort();
    return node.read(
        "port",
        fallback,
        "a port between 1 and 65535",
        text -> ConfigurationScalars.integer(text, 1, 65_535));
  }

  private @Nullable Secret password(ConfigurationNode node) {
    boolean direct = node.has("password");
    boolean byFile = node.has("password-file");
    if (direct && byFile) {
      node.mistake("password-file", "password and password-file exclude each other");
      return null;
    }
    if (byFile) {
      return passwordOfFile(node);
    }
    String text = node.text("password");
    return text == null ? null : new Secret(text);
  }

  private @Nullable Secret passwordOfFile(ConfigurationNode node) {
    String file = node.text("password-file");
    if (file == null) {
      return null;
    }
    try {
      String text = Files.readString(directory.resolve(file), StandardCharsets.UTF_8);
      return new Secret(text.replaceFirst("\\R\\z", ""));
    } catch (IOException | InvalidPathException e) {
      node.mistake("password-file", "cannot be read");
      return null;
    }
  }

  private static TlsMode tlsMode(ConfigurationNode node) {
    return node.read(
        "ssl-mode",
        TlsMode.PREFER,
        "disable, prefer, require, verify-ca or verify-full",
        text ->
            Arrays.stream(TlsMode.values())
                .filter(mode -> mode.wireName().equalsIgnoreCase(text))
                .findFirst());
  }

  private static SourceLimits limits(ConfigurationNode node) {
    SourceLimits defaults = SourceLimits.DEFAULTS;
    int scans = count(node, "max-scans", defaults.maxScans());
    int connections =
        count(node, "max-connections", Math.max(defaults.maxConnections(), scans + 1));
    if (connections <= scans) {
      node.mistake("max-connections", "must be above max-scans (" + scans + ")");
      connections = scans + 1;
    }
    return new SourceLimits(
        connections,
        scans,
        duration(node, "connect-timeout", defaults.connectTimeout()),
        duration(node, "statement-timeout", defaults.statementTimeout()),
        duration(node, "lock-timeout", defaults.lockTimeout()));
  }

  private static int count(ConfigurationNode node, String field, int fallback) {
    return node.read(
        field,
        fallback,
        "a whole number between 1 and 1000",
        text -> ConfigurationScalars.integer(text, 1, 1_000));
  }

  private static Duration duration(ConfigurationNode node, String field, Duration fallback) {
    return node.read(
        field, fallback, "a duration such as 30s, 5m or PT1H", ConfigurationScalars::duration);
  }
}
