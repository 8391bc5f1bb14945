package io.profilemesh.profiler.source;

import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceLimits;
import io.profilemesh.configuration.SourceLocation;
import io.profilemesh.configuration.SourceLocation.TlsMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How a driver reaches a source.
 *
 * @param url without user and password
 * @param properties driver properties, none of them secret
 * @param initialSql statement that every new session begins with
 */
record SourceAddress(String url, Map<String, String> properties, String initialSql) {

  private static final String APPLICATION = "profilemesh";

  /** A silent network is noticed this much after the longest statement. */
  private static final Duration SOCKET_GRACE = Duration.ofMinutes(1);

  /** SQLITE_OPEN_READONLY and SQLITE_OPEN_URI. */
  private static final String SQLITE_READ_ONLY_URI = Integer.toString(0x01 | 0x40);

  SourceAddress {
    properties = Map.copyOf(properties);
  }

  static SourceAddress of(SourceConfig config) {
    SourceLocation location = config.location();
    return location instanceof SourceLocation.Server server
        ? ofServer(config, server)
        : ofFile(config, (SourceLocation.LocalFile) location);
  }

  private static SourceAddress ofServer(SourceConfig config, SourceLocation.Server server) {
    return switch (config.type()) {
      case POSTGRESQL -> postgreSql(server, config.limits());
      case MYSQL, MARIADB, SQLITE, DUCKDB, SNOWFLAKE, BIGQUERY, REDSHIFT -> throw refused();
    };
  }

  private static SourceAddress ofFile(SourceConfig config, SourceLocation.LocalFile file) {
    return switch (config.type()) {
      case SQLITE -> sqlite(file, config.limits());
      case POSTGRESQL, MYSQL, MARIADB, DUCKDB, SNOWFLAKE, BIGQUERY, REDSHIFT -> throw refused();
    };
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException("sources of this type are refused when read");
  }

  /** Opened for reading only; a path can hold a question mark, which a file URI escapes. */
  private static SourceAddress sqlite(SourceLocation.LocalFile file, SourceLimits limits) {
    return new SourceAddress(
        "jdbc:sqlite:" + file.path().toUri().toString().replaceFirst("^file:/+", "file:/"),
        Map.of(
            "open_mode",
            SQLITE_READ_ONLY_URI,
            "busy_timeout",
            Long.toString(Math.min(Integer.MAX_VALUE, limits.lockTimeout().toMillis()))),
        "PRAGMA query_only = ON");
  }

  private static SourceAddress postgreSql(SourceLocation.Server server, SourceLimits limits) {
    String host = server.host().contains(":") ? '[' + server.host() + ']' : server.host();
    String database = URLEncoder.encode(server.database(), StandardCharsets.UTF_8);
    Map<String, String> properties = new HashMap<>();
    properties.put("ApplicationName", APPLICATION);
    properties.put("connectTimeout", seconds(limits.connectTimeout()));
    properties.put("loginTimeout", seconds(limits.connectTimeout()));
    properties.put("socketTimeout", seconds(limits.statementTimeout().plus(SOCKET_GRACE)));
    properties.put("tcpKeepAlive", "true");
    properties.put("sslmode", server.tlsMode().wireName());
    String certificate = server.tlsRootCertificate();
    if (certificate != null && server.tlsMode() != TlsMode.DISABLE) {
      properties.put("sslrootcert", certificate);
    }
    return new SourceAddress(
        "jdbc:postgresql://" + host + ':' + server.port() + '/' + database,
        properties,
        "SET default_transaction_read_only = on; SET statement_timeout = "
            + limits.statementTimeout().toMillis()
            + "; SET lock_timeout = "
            + limits.lockTimeout().toMillis());
  }

  /** Whole seconds, rounded up: zero would mean no limit. */
  private static String seconds(Duration time) {
    return Long.toString(Math.max(1, time.plusMillis(999).toSeconds()));
  }
}
