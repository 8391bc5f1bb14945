package io.profilemesh.profiler.scan;

import io.profilemesh.configuration.SourceType;
import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.dialect.MySqlDialect;
import java.time.Clock;

/** MySQL's own driver and dialect, against MariaDB: there is no MySQL server in any package. */
class MySqlDialectIT extends MySqlFamilyConformance {

  private static final MySqlDialect DIALECT = new MySqlDialect();
  private static final JdbcTableScan SCAN = new JdbcTableScan(DIALECT, Clock.systemUTC());

  @Override
  SourceType sourceType() {
    return SourceType.MYSQL;
  }

  @Override
  Dialect dialect() {
    return DIALECT;
  }

  @Override
  TableScan scan() {
    return SCAN;
  }
}
