package io.profilemesh.configuration;

import java.util.Locale;

/** Database engines a configuration may name. */
public enum SourceType {
  POSTGRESQL(5432, true),
  MYSQL(3306, false),
  MARIADB(3306, false),
  SQLITE(0, true),
  DUCKDB(0, false),
  SNOWFLAKE(443, false),
  BIGQUERY(443, false),
  REDSHIFT(5439, false);

  private final int defaultPort;
  private final boolean supported;

  SourceType(int defaultPort, boolean supported) {
    this.defaultPort = defaultPort;
    this.supported = supported;
  }

  /** Whether this version can profile it. */
  public boolean isSupported() {
    return supported;
  }

  /** Whether it is reached by a path instead of a server's address. */
  public boolean isFile() {
    return defaultPort == 0;
  }

  /** TCP port unless configured otherwise; 0 where the engine has none. */
  public int defaultPort() {
    return defaultPort;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
