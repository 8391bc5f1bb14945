package io.profilemesh.configuration;

import java.util.Locale;

/** Database engines a configuration may name. */
public enum SourceType {
  POSTGRESQL(Place.SERVER, 5432),
  MYSQL(Place.SERVER, 3306),
  MARIADB(Place.SERVER, 3306),
  SQLITE(Place.FILE, 0),
  DUCKDB(Place.FILE, 0),
  FILES(Place.DIRECTORY, 0),
  SNOWFLAKE(Place.SNOWFLAKE, 0),
  BIGQUERY(Place.BIGQUERY, 0),
  REDSHIFT(Place.SERVER, 5439);

  private final Place place;
  private final int defaultPort;

  SourceType(Place place, int defaultPort) {
    this.place = place;
    this.defaultPort = defaultPort;
  }

  /** Kinds of places that sources are at, each with keys of its own. */
  public enum Place {
    SERVER,
    FILE,
    DIRECTORY,
    SNOWFLAKE,
    BIGQUERY
  }

  /** Whether it bills what is scanned, so that it had better compute by itself. */
  public boolean isWarehouse() {
    return switch (this) {
      case SNOWFLAKE, BIGQUERY, REDSHIFT -> true;
      case POSTGRESQL, MYSQL, MARIADB, SQLITE, DUCKDB, FILES -> false;
    };
  }

  /** What kind of place it is at. */
  public Place place() {
    return place;
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
