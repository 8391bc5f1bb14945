package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.SourceType;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.dialect.MariaDbDialect;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MariaDbDialectIT extends MySqlFamilyConformance {

  private static final MariaDbDialect DIALECT = new MariaDbDialect();
  private static final JdbcTableScan SCAN = new JdbcTableScan(DIALECT, Clock.systemUTC());

  @Override
  SourceType sourceType() {
    return SourceType.MARIADB;
  }

  @Override
  Dialect dialect() {
    return DIALECT;
  }

  @Override
  TableScan scan() {
    return SCAN;
  }

  @Override
  Map<ColumnType, String> types() {
    Map<ColumnType, String> types = new TreeMap<>(super.types());
    types.put(ColumnType.UUID, "UUID");
    types.put(ColumnType.JSON, "JSON");
    return types;
  }

  @Test
  void shouldReadTypesThatOnlyMariaDbHas() throws SQLException {
    // given
    execute(
        "CREATE TABLE own (a INET6, b INET4, v INT WITHOUT SYSTEM VERSIONING) WITH SYSTEM"
            + " VERSIONING",
        "INSERT INTO own VALUES ('::1', '10.0.0.1', 1)",
        "CREATE SEQUENCE counter");

    // then
    assertThat(profile("own").columnProfiles())
        .hasSize(3)
        .allSatisfy(column -> assertThat(column.number(Metric.COUNT)).hasValue(1));
    assertThat(dialect().catalog().describe(connect(), schema(), "counter")).isEmpty();
  }
}
