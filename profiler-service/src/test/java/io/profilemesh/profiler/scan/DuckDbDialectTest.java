package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceLimits;
import io.profilemesh.configuration.SourceLocation;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.SourceType;
import io.profilemesh.configuration.connection.SourceAddress;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.dialect.DuckDbDialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbDialectTest extends DialectConformance {

  private static final DuckDbDialect DIALECT = new DuckDbDialect();
  private static final JdbcTableScan SCAN = new JdbcTableScan(DIALECT, Clock.systemUTC());

  @TempDir Path directory;

  @Override
  Dialect dialect() {
    return DIALECT;
  }

  @Override
  TableScan scan() {
    return SCAN;
  }

  /** As the profiler does; the file must be there. */
  @Override
  Connection connect() throws SQLException {
    if (!Files.exists(database())) {
      execute();
    }
    SourceAddress address =
        SourceAddress.of(
            new SourceConfig(
                new SourceName("engine"),
                SourceType.DUCKDB,
                new SourceLocation.LocalFile(database()),
                SourceLimits.DEFAULTS,
                true));
    Properties properties = new Properties();
    properties.putAll(address.properties());
    return DriverManager.getConnection(address.url(), properties);
  }

  @Override
  Connection connectAsOwner() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:" + database());
  }

  @Override
  String schema() {
    return "main";
  }

  @Override
  Map<ColumnType, String> types() {
    Map<ColumnType, String> types = new LinkedHashMap<>();
    types.put(ColumnType.INTEGER, "BIGINT");
    types.put(ColumnType.FLOAT, "DOUBLE");
    types.put(ColumnType.DECIMAL, "DECIMAL(10, 2)");
    types.put(ColumnType.TEXT, "VARCHAR");
    types.put(ColumnType.BOOLEAN, "BOOLEAN");
    types.put(ColumnType.DATE, "DATE");
    types.put(ColumnType.TIME, "TIME");
    types.put(ColumnType.TIMESTAMP, "TIMESTAMP");
    types.put(ColumnType.TIMESTAMP_WITH_ZONE, "TIMESTAMPTZ");
    types.put(ColumnType.UUID, "UUID");
    types.put(ColumnType.BINARY, "BLOB");
    types.put(ColumnType.JSON, "JSON");
    return types;
  }

  @Override
  String bytes(String hex) {
    return "from_hex('" + hex + "')";
  }

  @Override
  Map<String, String> strangeTypes() {
    return Map.of(
        "INTEGER[]", "[1, 2]",
        "STRUCT(a INTEGER, b VARCHAR)", "{'a': 1, 'b': 'x'}",
        "MAP(VARCHAR, INTEGER)", "MAP {'a': 1}",
        "UNION(n INTEGER, t VARCHAR)", "'x'",
        "INTERVAL", "INTERVAL 1 DAY",
        "BIT", "'101'",
        "HUGEINT", "-170141183460469231731687303715884105727",
        "UBIGINT", "18446744073709551615",
        "TIMETZ", "'12:30:00+02:00'",
        "TIMESTAMP_NS", "'2024-02-29 12:30:00.123456789'");
  }

  @Test
  void shouldKeepDigitsAndEndsOfTimeApart() throws SQLException {
    // given
    execute(
        "CREATE TYPE mood AS ENUM ('sad', 'ok')",
        "CREATE TABLE extremes (h HUGEINT, d DATE, moment TIMESTAMP, m mood, f FLOAT)",
        "INSERT INTO extremes VALUES (170141183460469231731687303715884105727, 'infinity',"
            + " '-infinity', 'ok', 'NaN'), (1, '2024-01-01', '2024-01-01', 'ok', 1.5)");

    // when
    TableProfile profile = profile("extremes");

    // then
    assertThat(column(profile, "h").metric(Metric.MAX).orElseThrow().text())
        .isEqualTo("170141183460469231731687303715884105727");
    assertNumber(profile, "d", Metric.INFINITE_COUNT, 1);
    assertNumber(profile, "d", Metric.NULL_COUNT, 0);
    assertNumber(profile, "moment", Metric.INFINITE_COUNT, 1);
    assertThat(column(profile, "m").column().type()).isEqualTo(ColumnType.TEXT);
    assertNumber(profile, "f", Metric.MEAN, 1.5);
  }

  @Test
  void shouldOpenFilesForReadingOnly() throws SQLException {
    numbers("protected", 1);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("DELETE FROM protected"))
          .isInstanceOf(SQLException.class);
    }
  }

  private Path database() {
    return directory.resolve("o'd d, #1 %20.duckdb");
  }
}
