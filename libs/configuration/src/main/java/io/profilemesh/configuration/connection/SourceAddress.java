package io.profilemesh.configuration.connection;

import io.profilemesh.configuration.Secret;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceLimits;
import io.profilemesh.configuration.SourceLocation;
import io.profilemesh.configuration.SourceLocation.TlsMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a driver reaches a source. Made of typed fields only: nothing of a configuration can add a
 * property to an URL.
 *
 * @param url without user and password
 * @param properties driver properties, none of them secret
 * @param initialSql statement that every new session begins with; may be empty
 * @param username null where the source knows none
 * @param password null where the source asks for none
 */
public record SourceAddress(
    String url,
    Map<String, String> properties,
    String initialSql,
    @Nullable String username,
    @Nullable Secret password) {

  private static final String APPLICATION = "profilemesh";

  /** A silent network is noticed this much after the longest statement. */
  private static final Duration SOCKET_GRACE = Duration.ofMinutes(1);

  /** SQLITE_OPEN_READONLY and SQLITE_OPEN_URI. */
  private static final String SQLITE_READ_ONLY_URI = Integer.toString(0x01 | 0x40);

  public SourceAddress {
    properties = Map.copyOf(properties);
  }

  public static SourceAddress of(SourceConfig config) {
    SourceLimits limits = config.limits();
    return switch (config.type()) {
      case POSTGRESQL -> postgreSql(config.location(SourceLocation.Server.class), limits);
      case MARIADB -> mariaDb(config.location(SourceLocation.Server.class), limits);
      case MYSQL -> mySql(config.location(SourceLocation.Server.class), limits);
      case REDSHIFT -> redshift(config.location(SourceLocation.Server.class), limits);
      case SQLITE -> sqlite(config.location(SourceLocation.LocalFile.class), limits);
      case DUCKDB -> duckDb(config.location(SourceLocation.LocalFile.class));
      case FILES -> files(config.location(SourceLocation.DataFiles.class));
      case SNOWFLAKE -> snowflake(config.location(SourceLocation.Snowflake.class), limits);
      case BIGQUERY -> bigQuery(config.location(SourceLocation.BigQuery.class), limits);
    };
  }

  private static SourceAddress postgreSql(SourceLocation.Server server, SourceLimits limits) {
    Map<String, String> properties = new HashMap<>();
    properties.put("ApplicationName", APPLICATION);
    properties.put("connectTimeout", seconds(limits.connectTimeout()));
    properties.put("loginTimeout", seconds(limits.connectTimeout()));
    properties.put("socketTimeout", seconds(limits.statementTimeout().plus(SOCKET_GRACE)));
    properties.put("tcpKeepAlive", "true");
    properties.put("sslmode", server.tlsMode().wireName());
    certificate(server, "sslrootcert", properties);
    return of(
        server,
        "jdbc:postgresql://" + hostAndPort(server) + '/' + encoded(server.database()),
        properties,
        "SET default_transaction_read_only = on; SET statement_timeout = "
            + limits.statementTimeout().toMillis()
            + "; SET lock_timeout = "
            + limits.lockTimeout().toMillis());
  }

  /** Its driver knows no TLS that may fail: {@code prefer} means none. */
  private static SourceAddress mariaDb(SourceLocation.Server server, SourceLimits limits) {
    Map<String, String> properties = new HashMap<>();
    properties.put("connectTimeout", millis(limits.connectTimeout()));
    properties.put("socketTimeout", millis(limits.statementTimeout().plus(SOCKET_GRACE)));
    properties.put("tcpKeepAlive", "true");
    properties.put("allowLocalInfile", "false");
    properties.put("connectionAttributes", "program_name:" + APPLICATION);
    properties.put(
        "sslMode",
        switch (server.tlsMode()) {
          case DISABLE, PREFER -> "disable";
          case REQUIRE -> "trust";
          case VERIFY_CA -> "verify-ca";
          case VERIFY_FULL -> "verify-full";
        });
    certificate(server, "serverSslCert", properties);
    return of(
        server,
        "jdbc:mariadb://" + hostAndPort(server) + '/' + encoded(server.database()),
        properties,
        "SET SESSION TRANSACTION READ ONLY");
  }

  private static SourceAddress mySql(SourceLocation.Server server, SourceLimits limits) {
    Map<String, String> properties = new HashMap<>();
    properties.put("connectTimeout", millis(limits.connectTimeout()));
    properties.put("socketTimeout", millis(limits.statementTimeout().plus(SOCKET_GRACE)));
    properties.put("tcpKeepAlive", "true");
    properties.put("allowLoadLocalInfile", "false");
    properties.put("allowUrlInLocalInfile", "false");
    properties.put("connectionAttributes", "program_name:" + APPLICATION);
    properties.put("connectionTimeZone", "UTC");
    properties.put("tinyInt1isBit", "false");
    properties.put(
        "sslMode",
        switch (server.tlsMode()) {
          case DISABLE -> "DISABLED";
          case PREFER -> "PREFERRED";
          case REQUIRE -> "REQUIRED";
          case VERIFY_CA -> "VERIFY_CA";
          case VERIFY_FULL -> "VERIFY_IDENTITY";
        });
    return of(
        server,
        "jdbc:mysql://" + hostAndPort(server) + '/' + encoded(server.database()),
        properties,
        "SET SESSION TRANSACTION READ ONLY");
  }

  private static SourceAddress redshift(SourceLocation.Server server, SourceLimits limits) {
    Map<String, String> properties = new HashMap<>();
    properties.put("ApplicationName", APPLICATION);
    properties.put("loginTimeout", seconds(limits.connectTimeout()));
    properties.put("socketTimeout", seconds(limits.statementTimeout().plus(SOCKET_GRACE)));
    properties.put("tcpKeepAlive", "true");
    properties.put("readOnly", "true");
    if (server.tlsMode() == TlsMode.DISABLE) {
      properties.put("ssl", "false");
    } else {
      properties.put("ssl", "true");
      // Without a check of the certificate it is any that the server has.
      if (server.tlsMode() == TlsMode.PREFER || server.tlsMode() == TlsMode.REQUIRE) {
        properties.put("sslfactory", "com.amazon.redshift.ssl.NonValidatingFactory");
      } else {
        properties.put("sslmode", server.tlsMode().wireName());
        certificate(server, "sslrootcert", properties);
      }
    }
    return of(
        server,
        "jdbc:redshift://" + hostAndPort(server) + '/' + encoded(server.database()),
        properties,
        "SET statement_timeout TO " + limits.statementTimeout().toMillis());
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
        "PRAGMA query_only = ON",
        null,
        null);
  }

  private static SourceAddress duckDb(SourceLocation.LocalFile file) {
    Map<String, String> properties = inProcess();
    properties.put("access_mode", "READ_ONLY");
    return new SourceAddress("jdbc:duckdb:" + file.path(), properties, "", null, null);
  }

  /** The engine may read below the source's directory and nowhere else. */
  private static SourceAddress files(SourceLocation.DataFiles files) {
    String path = "['" + files.path().toString().replace("'", "''") + "']";
    return new SourceAddress(
        "jdbc:duckdb:",
        inProcess(),
        "SET allowed_directories = "
            + path
            + "; SET allowed_paths = "
            + path
            + "; SET enable_external_access = false; SET lock_configuration = true",
        null,
        null);
  }

  /** DuckDB takes all of the machine otherwise, and gathers results before it hands them over. */
  private static Map<String, String> inProcess() {
    Map<String, String> properties = new HashMap<>();
    properties.put("jdbc_stream_results", "true");
    properties.put("memory_limit", "512MB");
    properties.put("threads", "2");
    properties.put("autoinstall_known_extensions", "false");
    return properties;
  }

  private static SourceAddress snowflake(SourceLocation.Snowflake place, SourceLimits limits) {
    Map<String, String> properties = new HashMap<>();
    properties.put("db", place.database());
    properties.put("application", APPLICATION);
    properties.put("loginTimeout", seconds(limits.connectTimeout()));
    properties.put("networkTimeout", millis(limits.statementTimeout().plus(SOCKET_GRACE)));
    put(properties, "warehouse", place.warehouse());
    put(properties, "role", place.role());
    Path key = place.privateKeyFile();
    if (key != null) {
      properties.put("authenticator", "snowflake_jwt");
      properties.put("private_key_file", key.toString());
    }
    return new SourceAddress(
        "jdbc:snowflake://" + place.account() + ".snowflakecomputing.com/",
        properties,
        "ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = "
            + seconds(limits.statementTimeout())
            + ", LOCK_TIMEOUT = "
            + seconds(limits.lockTimeout())
            + ", TIMEZONE = 'UTC', QUERY_TAG = 'profilemesh'",
        place.username(),
        place.password());
  }

  private static SourceAddress bigQuery(SourceLocation.BigQuery place, SourceLimits limits) {
    Map<String, String> properties = new HashMap<>();
    properties.put("ProjectId", place.project());
    properties.put("Timeout", seconds(limits.statementTimeout()));
    put(properties, "Location", place.location());
    Path credentials = place.credentialsFile();
    // 0: a service account's file; 3: what the machine it runs on is allowed to.
    properties.put("OAuthType", credentials == null ? "3" : "0");
    if (credentials != null) {
      properties.put("OAuthPvtKeyPath", credentials.toString());
    }
    return new SourceAddress(
        "jdbc:bigquery://https://www.googleapis.com/bigquery/v2:443", properties, "", null, null);
  }

  private static SourceAddress of(
      SourceLocation.Server server, String url, Map<String, String> properties, String initialSql) {
    return new SourceAddress(url, properties, initialSql, server.username(), server.password());
  }

  private static void certificate(
      SourceLocation.Server server, String property, Map<String, String> properties) {
    if (server.tlsMode() != TlsMode.DISABLE) {
      put(properties, property, server.tlsRootCertificate());
    }
  }

  private static void put(Map<String, String> properties, String name, @Nullable String value) {
    if (value != null) {
      properties.put(name, value);
    }
  }

  private static String hostAndPort(SourceLocation.Server server) {
    String host = server.host().contains(":") ? '[' + server.host() + ']' : server.host();
    return host + ':' + server.port();
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String millis(Duration time) {
    return Long.toString(Math.min(Integer.MAX_VALUE, Math.max(1, time.toMillis())));
  }

  /** Whole seconds, rounded up: zero would mean no limit. */
  private static String seconds(Duration time) {
    return Long.toString(Math.max(1, time.plusMillis(999).toSeconds()));
  }
}
