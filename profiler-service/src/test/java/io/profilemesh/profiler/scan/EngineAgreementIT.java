package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.dialect.PostgreSqlDialect;
import io.profilemesh.profiler.dialect.SqliteDialect;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same rows in two engines have the same profile, sketches included. */
class EngineAgreementIT {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-03-01T00:00:00Z"), ZoneOffset.UTC);

  private static final int ROWS = 20_000;

  @TempDir Path directory;

  @Test
  void shouldMeasureTheSameInBothEngines() throws SQLException {
    // given
    PostgresEndpoint server = Stacks.shared().createDatabase("agreement");
    ConnectionSource postgres =
        () -> DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
    String url = "jdbc:sqlite:" + directory.resolve("same.db");
    fill(postgres, "bigint", "double precision", "numeric", "timestamp", "::timestamp", "::date");
    fill(
        () -> DriverManager.getConnection(url), "INTEGER", "DOUBLE", "NUMERIC", "DATETIME", "", "");

    // when
    TableProfile left =
        profile(new PostgreSqlDialect(), new PostgreSqlTableScan(CLOCK), postgres, "public");
    SqliteDialect sqlite = new SqliteDialect();
    TableProfile right =
        profile(
            sqlite,
            new JdbcTableScan(sqlite, CLOCK),
            () -> DriverManager.getConnection(url + "?open_mode=1"),
            "");

    // then
    assertThat(right.rowCount()).isEqualTo(left.rowCount()).isEqualTo(ROWS);
    assertThat(right.columnProfiles()).hasSameSizeAs(left.columnProfiles());
    for (ColumnProfile expected : left.columnProfiles()) {
      ColumnProfile actual = right.column(expected.name()).orElseThrow();
      String name = expected.name().value();
      assertThat(actual.column().type()).as(name).isEqualTo(expected.column().type());
      assertThat(actual.metrics()).as(name).isEqualTo(expected.metrics());
      assertThat(actual.quantiles()).as(name).isEqualTo(expected.quantiles());
      assertThat(actual.histogram())
          .as(name)
          .usingRecursiveComparison()
          .isEqualTo(expected.histogram());
      assertThat(actual.frequentValues()).as(name).isEqualTo(expected.frequentValues());
      assertThat(actual.semanticType()).as(name).isEqualTo(expected.semanticType());
      assertThat(actual.sketches())
          .as(name)
          .usingRecursiveComparison()
          .isEqualTo(expected.sketches());
    }
    assertThat(left.columnProfiles().get(0).metric(Metric.DISTINCT_COUNT).orElseThrow().lower())
        .as("beyond the dictionary, so that sketches are compared too")
        .isNotNull();
  }

  private static void fill(
      ConnectionSource engine,
      String integer,
      String real,
      String decimal,
      String timestamp,
      String asTimestamp,
      String asDate)
      throws SQLException {
    SplittableRandom random = new SplittableRandom(7);
    try (Connection connection = engine.open();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "CREATE TABLE same (id "
              + integer
              + ", small "
              + integer
              + ", ratio "
              + real
              + ", price "
              + decimal
              + ", name text, flag boolean, at "
              + timestamp
              + ", day date)");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO same VALUES (?, ?, ?, ?, ?, ?, ?"
                  + asTimestamp
                  + ", ?"
                  + asDate
                  + ")")) {
        for (int i = 0; i < ROWS; i++) {
          insert.setLong(1, random.nextLong());
          if (i % 11 == 0) {
            insert.setObject(2, null);
          } else {
            insert.setLong(2, random.nextInt(50) - 10);
          }
          insert.setDouble(3, Math.exp(random.nextDouble() * 20 - 10));
          if (decimal.equals("numeric")) {
            insert.setBigDecimal(4, java.math.BigDecimal.valueOf(random.nextInt(100_000), 2));
          } else {
            insert.setDouble(4, random.nextInt(100_000) / 100.0);
          }
          insert.setString(5, i % 7 == 0 ? null : "näme " + random.nextInt(30_000));
          insert.setBoolean(6, random.nextInt(3) == 0);
          long second = random.nextInt(90 * 86_400);
          String at = Instant.ofEpochSecond(1_700_000_000L + second).toString();
          insert.setString(7, at.replace('T', ' ').replace("Z", ".5"));
          insert.setString(8, at.substring(0, 10));
          insert.addBatch();
          if (i % 1000 == 999) {
            insert.executeBatch();
          }
        }
      }
      connection.commit();
    }
  }

  private static TableProfile profile(
      Dialect dialect, TableScan scan, ConnectionSource engine, String schema) throws SQLException {
    TableDescription table;
    try (Connection connection = engine.open()) {
      table = dialect.catalog().describe(connection, schema, "same").orElseThrow();
    }
    ScanRequest request =
        ScanRequest.of(
                RunId.derivedFrom("same"), DatasetId.of("same", "", "same"), table, Profiles.HASHER)
            .build();
    ScanResult result = scan.scan(request, engine, ScanProgress.NONE, new ScanCancellation());
    assertThat(result).isInstanceOf(ScanResult.Completed.class);
    return ((ScanResult.Completed) result).profile();
  }
}
