package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceLimits;
import io.profilemesh.configuration.SourceLocation;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.SourceType;
import io.profilemesh.configuration.connection.SourceAddress;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.FrequentValues.FrequentValue;
import io.profilemesh.core.profile.Histogram;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.ValuePolicy;
import io.profilemesh.profiler.dialect.FileTables;
import io.profilemesh.profiler.dialect.FilesDialect;
import io.profilemesh.profiler.dialect.PostgreSqlDialect;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/**
 * Three million real flights, profiled in PostgreSQL and from their own file, and compared with
 * what another engine, DuckDB, computes exactly.
 */
class FlightsIT {

  private static final PostgreSqlDialect DIALECT = new PostgreSqlDialect();
  private static final List<String> NUMBERS = List.of("delay", "distance");
  private static final List<String> TEXTS = List.of("origin", "destination");

  @TempDir static Path directory;

  private static Path flights;
  private static PostgresEndpoint database;
  private static Connection truth;
  private static TableDescription table;
  private static double rows;

  @BeforeAll
  static void load() throws SQLException, IOException {
    String file = System.getProperty("profilemesh.flights", System.getenv("PROFILEMESH_FLIGHTS"));
    assumeTrue(
        file != null && !file.isBlank() && Files.isRegularFile(Path.of(file)),
        "no flights: give the file by -Dprofilemesh.flights=FILE or PROFILEMESH_FLIGHTS; it is"
            + " data/flights-3m.parquet of the npm package vega-datasets 3.2.1");
    flights = Path.of(file).toAbsolutePath();
    truth = DriverManager.getConnection("jdbc:duckdb:");
    Path csv = directory.resolve("flights.csv");
    try (Statement statement = truth.createStatement()) {
      statement.execute("SET memory_limit = '1GB'");
      statement.execute("SET threads = 2");
      statement.execute(
          "CREATE VIEW flights AS SELECT date, delay, distance, origin, destination"
              + " FROM read_parquet('"
              + file.replace("'", "''")
              + "')");
      statement.execute("COPY (SELECT * FROM flights) TO '" + csv + "' (FORMAT csv)");
    }
    rows = exact("SELECT count(*) FROM flights");
    database = Stacks.shared().createDatabase("flights");
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        InputStream rows = Files.newInputStream(csv)) {
      statement.execute(
          "CREATE TABLE flights (date timestamp, delay int, distance int, origin text,"
              + " destination text)");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY flights FROM STDIN (FORMAT csv, HEADER true)", rows);
      statement.execute("ANALYZE flights");
      table = DIALECT.catalog().describe(connection, "public", "flights").orElseThrow();
    }
  }

  @AfterAll
  static void close() throws SQLException {
    if (truth != null) {
      truth.close();
    }
  }

  @Test
  void shouldBeRightReadInOneRange() throws SQLException {
    assertRight(scan(Long.MAX_VALUE / 2, 1, false));
  }

  @Test
  void shouldBeRightReadInManyRangesAtOnce() throws SQLException {
    assertRight(scan(512, 3, false));
  }

  @Test
  void shouldBeRightReadFromTheParquetFileAsItIs() throws SQLException {
    assertRight(scanFile(flights, "parquet"));
  }

  @Test
  void shouldBeRightReadFromACsvFile() throws SQLException {
    assertRight(scanFile(directory.resolve("flights.csv"), "csv"));
  }

  private static ScanResult.Completed scanFile(Path file, String schema) throws SQLException {
    String name = file.getFileName().toString();
    String stem = name.substring(0, name.lastIndexOf('.'));
    FilesDialect dialect = new FilesDialect(new FileTables(file, Map.of()));
    SourceAddress address =
        SourceAddress.of(
            new SourceConfig(
                new SourceName("flights"),
                SourceType.FILES,
                new SourceLocation.DataFiles(file, Map.of()),
                SourceLimits.DEFAULTS,
                true));
    Properties properties = new Properties();
    properties.putAll(address.properties());
    ConnectionSource connections =
        () -> {
          Connection connection = DriverManager.getConnection(address.url(), properties);
          try (Statement statement = connection.createStatement()) {
            statement.execute(address.initialSql());
          }
          return connection;
        };
    try (Connection connection = connections.open()) {
      ScanRequest request =
          ScanRequest.of(
                  RunId.derivedFrom("flights"),
                  DatasetId.of("files", schema, stem),
                  dialect.catalog().describe(connection, schema, stem).orElseThrow(),
                  Profiles.HASHER)
              .valuePolicies(column -> ValuePolicy.PUBLISHED_BY_NAME)
              .build();
      return DialectConformance.completed(
          new JdbcTableScan(dialect, Clock.systemUTC())
              .scan(request, connections, ScanProgress.NONE, new ScanCancellation()));
    }
  }

  @Test
  void shouldCountDistinctValuesExactlyWhenAsked() throws SQLException {
    for (ColumnProfile column : scan(2048, 2, true).profile().columnProfiles()) {
      assertThat(column.metric(Metric.DISTINCT_COUNT))
          .contains(
              MetricValue.exact(
                  exact("SELECT count(DISTINCT " + column.name().value() + ") FROM flights")));
    }
  }

  private static void assertRight(ScanResult.Completed result) throws SQLException {
    assertThat(result.profile().rowCount()).isEqualTo((long) rows).isEqualTo(3_000_000);
    for (ColumnProfile column : result.profile().columnProfiles()) {
      assertEveryColumn(column);
      if (NUMBERS.contains(column.name().value())) {
        assertNumbers(column);
      } else if (TEXTS.contains(column.name().value())) {
        assertTexts(column);
      } else {
        assertTimes(column);
      }
    }
  }

  private static void assertEveryColumn(ColumnProfile column) throws SQLException {
    String name = column.name().value();
    assertExact(column, Metric.COUNT, "count(" + name + ")");
    assertExact(column, Metric.NULL_COUNT, "count(*) - count(" + name + ")");
    assertClose(column, Metric.NULL_PERCENT, "100.0 * (count(*) - count(" + name + ")) / count(*)");
    double distinct = exact("SELECT count(DISTINCT " + name + ") FROM flights");
    MetricValue stated = column.metric(Metric.DISTINCT_COUNT).orElseThrow();
    if (stated.quality() == Quality.EXACT) {
      assertThat(stated.number()).isEqualTo(distinct);
    } else {
      assertThat(distinct).as(name + " distinct").isBetween(stated.lower(), stated.upper());
      assertThat(stated.number()).isCloseTo(distinct, within(0.05 * distinct));
    }
    // Times of departure are nearly all different: none of them is frequent.
    assertThat(column.frequentValues().values().isEmpty()).isEqualTo(name.equals("date"));
    for (FrequentValue value : column.frequentValues().values()) {
      double occurrences =
          exact("SELECT count(*) FROM flights WHERE " + name + " = '" + value.value() + "'");
      assertThat(occurrences)
          .as(name + " = " + value.value())
          .isBetween((double) value.count(), (double) value.count() + value.countError());
    }
  }

  private static void assertNumbers(ColumnProfile column) throws SQLException {
    String name = column.name().value();
    assertExact(column, Metric.MIN, "min(" + name + ")");
    assertExact(column, Metric.MAX, "max(" + name + ")");
    assertExact(column, Metric.SUM, "sum(" + name + ")");
    assertExact(column, Metric.ZERO_COUNT, "count(*) FILTER (WHERE " + name + " = 0)");
    assertExact(column, Metric.NEGATIVE_COUNT, "count(*) FILTER (WHERE " + name + " < 0)");
    assertClose(column, Metric.MEAN, "avg(" + name + ")");
    assertClose(column, Metric.STANDARD_DEVIATION, "stddev_samp(" + name + ")");
    assertQuantiles(column, name);
    assertHistogram(column, name);
  }

  private static void assertTimes(ColumnProfile column) throws SQLException {
    String millis = "epoch_us(" + column.name().value() + ") / 1000.0";
    assertExact(column, Metric.EARLIEST, "min(" + millis + ")");
    assertExact(column, Metric.LATEST, "max(" + millis + ")");
    assertQuantiles(column, millis);
    assertHistogram(column, millis);
  }

  private static void assertTexts(ColumnProfile column) throws SQLException {
    String name = column.name().value();
    assertExact(column, Metric.MIN_LENGTH, "min(length(" + name + "))");
    assertExact(column, Metric.MAX_LENGTH, "max(length(" + name + "))");
    assertClose(column, Metric.AVERAGE_LENGTH, "avg(length(" + name + "))");
    try (Statement statement = truth.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT min(" + name + "), max(" + name + ") FROM flights")) {
      row.next();
      assertThat(column.metric(Metric.MIN).orElseThrow().text()).isEqualTo(row.getString(1));
      assertThat(column.metric(Metric.MAX).orElseThrow().text()).isEqualTo(row.getString(2));
    }
    assertThat(column.semanticType()).as("airports are no countries").isNull();
  }

  private static void assertQuantiles(ColumnProfile column, String number) throws SQLException {
    Quantiles quantiles = column.quantiles();
    double values = column.number(Metric.COUNT).orElseThrow();
    assertThat(quantiles.rankError()).isLessThanOrEqualTo(0.017);
    for (int i = 0; i < quantiles.ranks().size(); i++) {
      double rank = quantiles.ranks().get(i);
      double value = quantiles.values().get(i);
      double below = exact("SELECT count(*) FROM flights WHERE " + number + " < " + value) / values;
      double upTo = exact("SELECT count(*) FROM flights WHERE " + number + " <= " + value) / values;
      assertThat(below)
          .as(column.name() + " at " + rank)
          .isLessThanOrEqualTo(rank + quantiles.rankError());
      assertThat(upTo)
          .as(column.name() + " at " + rank)
          .isGreaterThanOrEqualTo(rank - quantiles.rankError());
    }
  }

  /** Each edge of a bin has a rank, which is as far off as a quantile's at most. */
  private static void assertHistogram(ColumnProfile column, String number) throws SQLException {
    Histogram histogram = column.histogram();
    double values = column.number(Metric.COUNT).orElseThrow();
    assertThat(histogram.counts().stream().mapToDouble(Number::doubleValue).sum())
        .isEqualTo(values);
    double stated = 0;
    for (int bin = 0; bin < histogram.counts().size() - 1; bin++) {
      stated += histogram.counts().get(bin);
      double edge = histogram.edges().get(bin + 1);
      double below = exact("SELECT count(*) FROM flights WHERE " + number + " < " + edge);
      assertThat(stated / values)
          .as(column.name() + " below " + edge)
          .isCloseTo(below / values, within(column.quantiles().rankError() + 1e-9));
    }
  }

  private static void assertExact(ColumnProfile column, Metric metric, String sql)
      throws SQLException {
    assertThat(column.number(metric))
        .as(column.name() + " " + metric)
        .hasValue(exact("SELECT " + sql + " FROM flights"));
  }

  /** Twelve digits: both sides sum three million doubles, in another order. */
  private static void assertClose(ColumnProfile column, Metric metric, String sql)
      throws SQLException {
    double expected = exact("SELECT " + sql + " FROM flights");
    assertThat(column.number(metric).orElseThrow())
        .as(column.name() + " " + metric)
        .isCloseTo(expected, within(1e-12 * Math.abs(expected)));
  }

  private static final Map<String, Double> ANSWERS = new java.util.HashMap<>();

  private static double exact(String sql) throws SQLException {
    Double known = ANSWERS.get(sql);
    if (known != null) {
      return known;
    }
    try (Statement statement = truth.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      ANSWERS.put(sql, row.getDouble(1));
      return row.getDouble(1);
    }
  }

  private static ScanResult.Completed scan(long pagesPerRange, int connections, boolean distinct) {
    ScanRequest request =
        ScanRequest.of(
                RunId.derivedFrom("flights"),
                DatasetId.of("shop", "public", "flights"),
                table,
                Profiles.HASHER)
            .connections(connections)
            .exactDistinct(distinct)
            .valuePolicies(column -> ValuePolicy.PUBLISHED_BY_NAME)
            .build();
    ScanResult result =
        new PostgreSqlTableScan(Clock.systemUTC(), pagesPerRange)
            .scan(request, FlightsIT::connect, ScanProgress.NONE, new ScanCancellation());
    assertThat(result).isInstanceOf(ScanResult.Completed.class);
    return (ScanResult.Completed) result;
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }
}
