package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.core.profile.ValuePolicy;
import io.profilemesh.profiler.dialect.BigQueryDialect;
import io.profilemesh.profiler.dialect.DuckDbDialect;
import io.profilemesh.profiler.dialect.JdbcDialect;
import io.profilemesh.profiler.dialect.PushdownDialect;
import io.profilemesh.profiler.dialect.RedshiftDialect;
import io.profilemesh.profiler.dialect.SnowflakeDialect;
import io.profilemesh.schema.ReasonCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The warehouses' statements, run by DuckDB with macros for functions it lacks, and compared with a
 * row-by-row scan of the same table. What the real warehouses say of them is not known here.
 */
class PushdownTableScanTest {

  private static final Set<Metric> APPROXIMATE =
      EnumSet.of(Metric.DISTINCT_COUNT, Metric.DISTINCT_PERCENT);

  /** Metrics that only a row-by-row scan has. */
  private static final Set<Metric> BY_ROW_ONLY = EnumSet.of(Metric.SKEWNESS, Metric.INFINITE_COUNT);

  /** A warehouse and what makes its statements DuckDB's. */
  enum Warehouse {
    SNOWFLAKE(
        new SnowflakeDialect(),
        sql ->
            sql.replaceAll("APPROX_TOP_K\\(", "top_values(")
                .replaceAll("DATE_PART\\('epoch_microsecond', ", "epoch_us(")
                .replaceAll("::TIMESTAMP_(NTZ|TZ)", "::TIMESTAMP")
                .replaceAll(
                    " SAMPLE (BERNOULLI|SYSTEM) \\(([0-9.]+)\\) SEED \\((\\d+)\\)",
                    " TABLESAMPLE $1 ($2 PERCENT) REPEATABLE ($3)")),
    BIGQUERY(
        new BigQueryDialect(),
        sql ->
            sql.replace("`", "\"")
                .replace("FLOAT64", "DOUBLE")
                .replace("BIGNUMERIC", "DECIMAL(38, 6)")
                .replace("APPROX_TOP_COUNT(", "top_objects(")
                .replace("IS_NAN(", "isnan(")
                .replace("IS_INF(", "isinf(")
                .replaceAll("TIMESTAMP\\((\"[^\"]*\"), 'UTC'\\)", "$1")
                .replaceAll(
                    "TIME_DIFF\\((\"[^\"]*\"), TIME '00:00:00', MICROSECOND\\)", "epoch_us($1)")
                .replace("DATETIME '", "TIMESTAMP '")
                .replaceAll("\\[OFFSET\\((\\d+)\\)]", "[$1 + 1]")),
    REDSHIFT(new RedshiftDialect(), sql -> sql.replace("APPROXIMATE ", ""));

    private final PushdownDialect dialect;
    private final UnaryOperator<String> translation;

    Warehouse(PushdownDialect dialect, UnaryOperator<String> translation) {
      this.dialect = dialect;
      this.translation = translation;
    }
  }

  @TempDir Path directory;

  private final List<String> statements = new ArrayList<>();

  @BeforeEach
  void fill() throws SQLException {
    execute(
        "CREATE MACRO TO_VARCHAR(x) AS CAST(x AS VARCHAR)",
        "CREATE MACRO TO_JSON_STRING(x) AS CAST(to_json(x) AS VARCHAR)",
        "CREATE MACRO UNIX_DATE(x) AS date_diff('day', DATE '1970-01-01', x)",
        "CREATE MACRO RAND() AS random()",
        "CREATE MACRO UNIX_MICROS(x) AS epoch_us(x)",
        "CREATE MACRO BYTE_LENGTH(x) AS octet_length(x)",
        "CREATE MACRO APPROX_PERCENTILE(x, p) AS quantile_cont(x, p)",
        "CREATE MACRO APPROX_QUANTILES(x, n) AS"
            + " quantile_cont(x, list_transform(range(0, 101), lambda i: i / 100.0))",
        "CREATE MACRO top_values(x, k, c) AS"
            + " list_transform(list_slice(list_reverse_sort(list_transform(map_entries(histogram(x)),"
            + " lambda e: {'c': e.value, 'v': e.key})), 1, k), lambda e: [e.v, CAST(e.c AS"
            + " VARCHAR)])",
        "CREATE MACRO top_objects(x, k) AS"
            + " list_transform(list_slice(list_reverse_sort(list_transform(map_entries(histogram(x)),"
            + " lambda e: {'c': e.value, 'v': e.key})), 1, k), lambda e: {'value': e.v, 'count':"
            + " e.c})",
        "CREATE TABLE facts AS SELECT"
            + " CASE WHEN i % 10 = 0 THEN NULL ELSE i END AS \"a number\","
            + " CAST(i % 7 - 3 AS DOUBLE) / 2 AS ratio,"
            + " CAST(i % 1000 AS DECIMAL(10, 2)) / 100 AS price,"
            + " CASE i % 4 WHEN 0 THEN 'red' WHEN 1 THEN 'green' WHEN 2 THEN '' ELSE ' ' END AS t,"
            + " 'user' || i || '@example.org' AS mail,"
            + " i % 3 = 0 AS flag,"
            + " DATE '2024-01-01' + CAST(i % 400 AS INTEGER) AS day,"
            + " TIMESTAMP '2023-12-31 23:59:59.5' + i * INTERVAL 90 MINUTE AS \"at\","
            + " TIME '00:00:00.25' + (i % 1000) * INTERVAL 1 MINUTE AS clock,"
            + " CAST('x' || i % 5 AS BLOB) AS bin"
            + " FROM range(5000) t(i)",
        "INSERT INTO facts (ratio) VALUES ('NaN'), ('Infinity'), (NULL)");
  }

  @ParameterizedTest
  @EnumSource(Warehouse.class)
  void shouldComputeWhatARowByRowScanFinds(Warehouse warehouse) throws SQLException {
    // when
    TableProfile rows = scanned(new DuckDbDialect(), new JdbcTableScan(duckDb(), clock()));
    ScanResult.Completed computed = computed(warehouse, request(warehouse).build());

    // then
    assertThat(computed.facts().strategy()).isEqualTo(ScanFacts.Strategy.PUSHDOWN);
    assertThat(computed.profile().rowCount()).isEqualTo(5003);
    assertThat(computed.profile().rowCountQuality()).isEqualTo(Quality.EXACT);
    for (ColumnProfile expected : rows.columnProfiles()) {
      ColumnProfile found = computed.profile().column(expected.name()).orElseThrow();
      for (Metric metric : expected.metrics().keySet()) {
        if (APPROXIMATE.contains(metric)) {
          assertDistinct(expected, found, metric);
        } else if (!BY_ROW_ONLY.contains(metric)) {
          assertEqual(expected, found, metric);
        }
      }
      assertDistribution(expected, found);
    }
  }

  @ParameterizedTest
  @EnumSource(Warehouse.class)
  void shouldRedactAsARowByRowScanDoes(Warehouse warehouse) throws SQLException {
    ColumnProfile redacted = column(computed(warehouse, request(warehouse).build()), "t");
    ScanRequest published =
        request(warehouse).valuePolicies(column -> ValuePolicy.PUBLISHED).build();
    ColumnProfile clear = column(computed(warehouse, published), "t");
    ColumnProfile mail = column(computed(warehouse, published), "mail");

    assertThat(redacted.toString()).doesNotContain("green");
    assertThat(redacted.frequentValues().values()).hasSize(4);
    assertThat(redacted.frequentValues().values().get(0).hash()).isNotNull();
    assertThat(clear.frequentValues().values())
        .extracting(value -> value.value())
        .contains("red", "green");
    assertThat(mail.semanticType().name()).isEqualTo("email");
    assertThat(mail.toString()).as("personal data").doesNotContain("@example.org");
  }

  @ParameterizedTest
  @EnumSource(Warehouse.class)
  void shouldRestrictRowsBySampleSliceAndColumns(Warehouse warehouse) throws SQLException {
    // given
    Instant start = Instant.parse("2024-02-01T00:00:00Z");
    Instant end = Instant.parse("2024-02-02T00:00:00Z");

    // when
    ScanResult.Completed slice =
        computed(
            warehouse,
            request(warehouse).slice(new ScanSlice(new ColumnName("at"), start, end)).build());
    ScanResult.Completed first =
        computed(
            warehouse,
            request(warehouse)
                .columns(Set.of(new ColumnName("t")))
                .sampling(ScanSampling.firstRows(100))
                .build());
    ScanResult.Completed none = computed(warehouse, request(warehouse).columns(Set.of()).build());
    ScanResult.Completed sample =
        computed(warehouse, request(warehouse).sampling(ScanSampling.bernoulli(0.2, 7)).build());

    // then
    assertThat(slice.profile().rowCount()).isEqualTo(16);
    assertThat(first.facts().rowsScanned()).isEqualTo(100);
    assertThat(first.profile().columnProfiles()).hasSize(1);
    assertThat(none.profile().rowCount()).isEqualTo(5003);
    assertThat(sample.facts().rowsScanned()).isBetween(800L, 1200L);
    assertThat(sample.profile().rowCountQuality()).isEqualTo(Quality.ESTIMATE);
    MetricValue count = column(sample, "t").metric(Metric.COUNT).orElseThrow();
    assertThat(count.lower()).isLessThan(count.number());
  }

  @ParameterizedTest
  @EnumSource(Warehouse.class)
  void shouldCountDistinctValuesExactlyWhenAsked(Warehouse warehouse) throws SQLException {
    ScanResult.Completed exact =
        computed(warehouse, request(warehouse).exactDistinct(true).build());

    assertThat(column(exact, "mail").metric(Metric.DISTINCT_COUNT))
        .contains(MetricValue.exact(5000));
  }

  @ParameterizedTest
  @EnumSource(Warehouse.class)
  void shouldWriteStatementsThatAParserOfManyDialectsAccepts(Warehouse warehouse) throws Exception {
    // given
    computed(warehouse, request(warehouse).build());
    computed(warehouse, request(warehouse).exactDistinct(true).build());

    // then: few statements, however many columns
    assertThat(statements).hasSizeGreaterThanOrEqualTo(4);
    for (String statement : statements) {
      // The parser does not know this word of Redshift.
      CCJSqlParserUtil.parse(statement.replace("APPROXIMATE ", ""));
    }
  }

  @ParameterizedTest
  @EnumSource(Warehouse.class)
  void shouldComputeTablesWithoutRowsOrValues(Warehouse warehouse) throws SQLException {
    execute("DELETE FROM facts");
    TableProfile empty = computed(warehouse, request(warehouse).build()).profile();
    execute("INSERT INTO facts (ratio) VALUES (NULL), (NULL)");
    TableProfile nulls = computed(warehouse, request(warehouse).build()).profile();

    assertThat(empty.rowCount()).isZero();
    assertThat(empty.columnProfiles())
        .allSatisfy(
            column ->
                assertThat(column.metrics()).doesNotContainKeys(Metric.MIN, Metric.NULL_PERCENT));
    assertThat(nulls.columnProfiles())
        .allSatisfy(
            column -> {
              assertThat(column.number(Metric.NULL_PERCENT)).hasValue(100);
              assertThat(column.number(Metric.DISTINCT_COUNT)).hasValue(0);
            });
  }

  @ParameterizedTest
  @EnumSource(Warehouse.class)
  void shouldSayWhenTheTableIsGone(Warehouse warehouse) throws SQLException {
    ScanRequest request = request(warehouse).build();
    execute("DROP TABLE facts");

    assertThat(scan(warehouse, request))
        .isInstanceOfSatisfying(
            ScanResult.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(ReasonCode.TABLE_VANISHED));
  }

  private static void assertDistinct(ColumnProfile expected, ColumnProfile found, Metric metric) {
    MetricValue value = found.metric(metric).orElseThrow();
    double exact = expected.number(metric).orElseThrow();
    if (value.quality() == Quality.EXACT) {
      assertThat(value.number()).isEqualTo(exact);
    } else {
      // DuckDB's own function errs more than the warehouses state.
      assertThat(value.number())
          .as(expected.name() + " " + metric)
          .isCloseTo(exact, within(0.15 * exact + 1));
      assertThat(value.lower()).isLessThanOrEqualTo(value.number());
    }
  }

  private static void assertEqual(ColumnProfile expected, ColumnProfile found, Metric metric) {
    String what = expected.name() + " " + metric;
    Optional<MetricValue> value = found.metric(metric);
    MetricValue wanted = expected.metric(metric).orElseThrow();
    assertThat(value).as(what).isPresent();
    if (wanted.number() == null) {
      assertThat(value.get().text()).as(what).isEqualTo(wanted.text());
    } else {
      assertThat(value.get().number())
          .as(what)
          .isCloseTo(wanted.number(), within(1e-9 * Math.abs(wanted.number())));
    }
  }

  private static void assertDistribution(ColumnProfile expected, ColumnProfile found) {
    if (expected.histogram() == null) {
      assertThat(found.histogram()).as(expected.name().value()).isNull();
      return;
    }
    for (int i = 0; i < expected.histogram().counts().size(); i++) {
      // Values on an edge may fall to either side of it.
      assertThat(found.histogram().counts().get(i))
          .as(expected.name() + " bin " + i)
          .isCloseTo(expected.histogram().counts().get(i), within(20L));
    }
    double min = expected.histogram().edges().get(0);
    double max = expected.histogram().edges().get(expected.histogram().edges().size() - 1);
    for (int i = 0; i < expected.quantiles().values().size(); i++) {
      assertThat(found.quantiles().values().get(i))
          .as(expected.name() + " at " + expected.quantiles().ranks().get(i))
          .isCloseTo(expected.quantiles().values().get(i), within(0.02 * (max - min)));
    }
  }

  private static ColumnProfile column(ScanResult.Completed result, String name) {
    return result.profile().column(new ColumnName(name)).orElseThrow();
  }

  private ScanResult.Completed computed(Warehouse warehouse, ScanRequest request) {
    return DialectConformance.completed(scan(warehouse, request));
  }

  private ScanResult scan(Warehouse warehouse, ScanRequest request) {
    return new PushdownTableScan(warehouse.dialect, clock())
        .scan(
            request,
            () -> TranslatedConnection.of(connect(), warehouse.translation, statements::add),
            ScanProgress.NONE,
            new ScanCancellation());
  }

  private TableProfile scanned(JdbcDialect dialect, TableScan scan) throws SQLException {
    return DialectConformance.completed(
            scan.scan(
                request(dialect).build(), this::connect, ScanProgress.NONE, new ScanCancellation()))
        .profile();
  }

  private ScanRequest.Builder request(Warehouse warehouse) throws SQLException {
    return request(warehouse.dialect);
  }

  private ScanRequest.Builder request(JdbcDialect dialect) throws SQLException {
    try (Connection connection = connect()) {
      return ScanRequest.of(
          RunId.derivedFrom("pushdown"),
          DatasetId.of("warehouse", "main", "facts"),
          dialect.catalog().describe(connection, "main", "facts").orElseThrow(),
          Profiles.HASHER);
    }
  }

  private static DuckDbDialect duckDb() {
    return new DuckDbDialect();
  }

  private static Clock clock() {
    return Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), java.time.ZoneOffset.UTC);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("facts.duckdb"));
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
