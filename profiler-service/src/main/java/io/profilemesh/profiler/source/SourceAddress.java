package io.profilemesh.profiler.source;

import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceConfig.TlsMode;
import io.profilemesh.configuration.SourceLimits;
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

  SourceAddress {
    properties = Map.copyOf(properties);
  }

  static SourceAddress postgreSql(SourceConfig config) {
    SourceLimits limits = config.limits();
    String host = config.host().contains(":") ? '[' + config.host() + ']' : config.host();
    String database = URLEncoder.encode(config.database(), StandardCharsets.UTF_8);
    Map<String, String> properties = new HashMap<>();
    properties.put("ApplicationName", APPLICATION);
    properties.put("connectTimeout", seconds(limits.connectTimeout()));
    properties.put("loginTimeout", seconds(limits.connectTimeout()));
    properties.put("socketTimeout", seconds(limits.statementTimeout().plus(SOCKET_GRACE)));
    properties.put("tcpKeepAlive", "true");
    properties.put("sslmode", config.tlsMode().wireName());
    String certificate = config.tlsRootCertificate();
    if (certificate != null && config.tlsMode() != TlsMode.DISABLE) {
      properties.put("sslrootcert", certificate);
    }
    return new SourceAddress(
        "jdbc:postgresql://" + host + ':' + config.port() + '/' + database,
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
