package io.profilemesh.profiler.wiring;

import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceLocation.DataFiles;
import io.profilemesh.profiler.dialect.BigQueryDialect;
import io.profilemesh.profiler.dialect.DuckDbDialect;
import io.profilemesh.profiler.dialect.FileTables;
import io.profilemesh.profiler.dialect.FilesDialect;
import io.profilemesh.profiler.dialect.JdbcDialect;
import io.profilemesh.profiler.dialect.MariaDbDialect;
import io.profilemesh.profiler.dialect.MySqlDialect;
import io.profilemesh.profiler.dialect.PostgreSqlDialect;
import io.profilemesh.profiler.dialect.PushdownDialect;
import io.profilemesh.profiler.dialect.RedshiftDialect;
import io.profilemesh.profiler.dialect.SnowflakeDialect;
import io.profilemesh.profiler.dialect.SqliteDialect;
import io.profilemesh.profiler.scan.JdbcTableScan;
import io.profilemesh.profiler.scan.PostgreSqlTableScan;
import io.profilemesh.profiler.scan.PushdownTableScan;
import io.profilemesh.profiler.source.SourceRegistry.Engine;
import io.profilemesh.profiler.source.SourceRegistry.Engines;
import java.time.Clock;

/** The database engines that this version can profile. */
final class BundledEngines implements Engines {

  private final Clock clock = Clock.systemUTC();

  @Override
  public Engine engine(SourceConfig source) {
    return switch (source.type()) {
      case POSTGRESQL -> new Engine(new PostgreSqlDialect(), new PostgreSqlTableScan(clock));
      case MARIADB -> rows(new MariaDbDialect());
      case MYSQL -> rows(new MySqlDialect());
      case SQLITE -> rows(new SqliteDialect());
      case DUCKDB -> rows(new DuckDbDialect());
      case FILES -> {
        DataFiles files = source.location(DataFiles.class);
        yield rows(new FilesDialect(new FileTables(files.path(), files.tables())));
      }
      case SNOWFLAKE -> warehouse(source, new SnowflakeDialect());
      case BIGQUERY -> warehouse(source, new BigQueryDialect());
      case REDSHIFT -> warehouse(source, new RedshiftDialect());
    };
  }

  private Engine warehouse(SourceConfig source, PushdownDialect dialect) {
    return switch (source.strategy()) {
      case SCAN -> rows(dialect);
      case PUSHDOWN -> new Engine(dialect, new PushdownTableScan(dialect, clock));
    };
  }

  private Engine rows(JdbcDialect dialect) {
    return new Engine(dialect, new JdbcTableScan(dialect, clock));
  }
}
