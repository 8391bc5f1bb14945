package io.profilemesh.profiler.wiring;

import io.profilemesh.configuration.SourceType;
import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.dialect.PostgreSqlDialect;
import io.profilemesh.profiler.dialect.SqliteDialect;
import io.profilemesh.profiler.scan.JdbcTableScan;
import io.profilemesh.profiler.scan.PostgreSqlTableScan;
import io.profilemesh.profiler.scan.TableScan;
import io.profilemesh.profiler.source.SourceRegistry;
import java.time.Clock;

/** The database engines that this version can profile. */
final class BundledEngines implements SourceRegistry.Engines {

  @Override
  public Dialect dialect(SourceType type) {
    return switch (type) {
      case POSTGRESQL -> new PostgreSqlDialect();
      case SQLITE -> new SqliteDialect();
      case MYSQL, MARIADB, DUCKDB, SNOWFLAKE, BIGQUERY, REDSHIFT -> throw refused();
    };
  }

  @Override
  public TableScan scan(SourceType type) {
    return switch (type) {
      case POSTGRESQL -> new PostgreSqlTableScan(Clock.systemUTC());
      case SQLITE -> new JdbcTableScan(new SqliteDialect(), Clock.systemUTC());
      case MYSQL, MARIADB, DUCKDB, SNOWFLAKE, BIGQUERY, REDSHIFT -> throw refused();
    };
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException("sources of this type are refused when read");
  }
}
