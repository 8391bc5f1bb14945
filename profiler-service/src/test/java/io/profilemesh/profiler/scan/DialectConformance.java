package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.core.profile.ValuePolicy;
import io.profilemesh.profiler.dialect.Catalog;
import io.profilemesh.profiler.dialect.ColumnFacts;
import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.dialect.JdbcDialect;
import io.profilemesh.profiler.dialect.RelationKind;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.dialect.TableFacts;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.schema.ReasonCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every dialect must do, on its real engine. A dialect's test extends this and says how tables
 * are made there; each test makes tables of its own.
 */
abstract class DialectConformance {

  static final String HOSTILE_TABLE = "a.b'; DROP TABLE students; -- \"x\" `y` [z]";

  /** As many rows as no engine reads within a test. */
  private static final String ENDLESS =
      "endless_base a CROSS JOIN endless_base b CROSS JOIN endless_base c"
          + " CROSS JOIN endless_base d CROSS JOIN endless_base e";

  abstract Dialect dialect();

  abstract TableScan scan();

  /** A connection like the ones the profiler opens. */
  abstract Connection connect() throws SQLException;

  /** A connection that may create tables in {@link #schema()}. */
  abstract Connection connectAsOwner() throws SQLException;

  /** Schema that tables are made in; empty where the engine has none. */
  abstract String schema();

  /** SQL type of each class that the engine has; at least INTEGER, FLOAT, DECIMAL, TEXT, DATE. */
  abstract Map<ColumnType, String> types();

  /** The literal of some bytes. */
  abstract String bytes(String hex);

  /** A type without a meaning of its own, or one that is hard to read, with a literal of it. */
  abstract Map<String, String> strangeTypes();

  /** Names that are hard to quote, among those the engine allows. */
  List<String> hostileColumns() {
    return List.of("select", "Two words", "quo\"te", "back`tick", "%s\\n", "ünï 😀", "a'b", "?");
  }

  /** Whether the engine has materialised views. */
  boolean hasMaterializedViews() {
    return false;
  }

  @Test
  void shouldListWhatUsersMadeAndNothingElse() throws SQLException {
    // given
    execute(
        "CREATE TABLE listed_table (id " + type(ColumnType.INTEGER) + ")",
        "CREATE VIEW listed_view AS SELECT id FROM listed_table");

    // when
    List<TableRef> tables;
    try (Connection connection = connect()) {
      tables = dialect().catalog().tables(connection);
    }

    // then
    assertThat(tables)
        .contains(
            new TableRef(schema(), "listed_table", RelationKind.TABLE),
            new TableRef(schema(), "listed_view", RelationKind.VIEW))
        .allSatisfy(
            table ->
                assertThat(table.displayName())
                    .doesNotContain("sqlite_", "information_schema", "pg_", "performance_schema"))
        .isSortedAccordingTo(
            (left, right) -> {
              int bySchema = left.schema().compareTo(right.schema());
              return bySchema == 0 ? left.table().compareTo(right.table()) : bySchema;
            });
  }

  @Test
  void shouldTellWhatIsDeclaredBeyondTypes() throws SQLException {
    // given
    execute(
        "CREATE TABLE declared_table (id "
            + type(ColumnType.INTEGER)
            + " PRIMARY KEY, amount "
            + type(ColumnType.INTEGER)
            + " DEFAULT 5 UNIQUE, word VARCHAR(20) DEFAULT 'open', plain "
            + type(ColumnType.INTEGER)
            + ")",
        "CREATE VIEW declared_view AS SELECT id FROM declared_table");

    // when
    TableFacts facts = facts("declared_table");
    TableFacts view = facts("declared_view");

    // then
    assertThat(facts.type()).isEqualTo(TableFacts.Type.TABLE);
    assertThat(facts.storageFormat()).isNotBlank();
    assertThat(facts.columns())
        .extracting(ColumnFacts::name)
        .containsExactly(
            new ColumnName("id"),
            new ColumnName("amount"),
            new ColumnName("word"),
            new ColumnName("plain"));
    assertThat(facts.columns())
        .extracting(ColumnFacts::primaryKey)
        .containsExactly(true, false, false, false);
    assertThat(facts.columns())
        .extracting(ColumnFacts::indexed)
        .containsExactly(true, true, false, false);
    assertThat(facts.columns().get(1).defaultValue()).contains("5");
    assertThat(facts.columns().get(1).constraints())
        .singleElement()
        .satisfies(unique -> assertThat(unique.sql()).startsWith("UNIQUE").contains("amount"))
        .satisfies(unique -> assertThat(unique.valuesOf()).isEmpty());
    assertThat(facts.columns().get(2).defaultValue()).contains("'open'");
    assertThat(facts.columns().get(3).defaultValue()).isNull();
    assertThat(facts.columns().get(3).constraints()).isEmpty();
    assertThat(view.type()).isEqualTo(TableFacts.Type.VIEW);
    assertThat(view.storageFormat()).isNull();
  }

  @Test
  void shouldTellWhatItRan() throws SQLException {
    // given
    execute(
        "CREATE TABLE told_table (id " + type(ColumnType.INTEGER) + ")",
        "INSERT INTO told_table VALUES (1), (2), (3)");
    List<RanStatement> ran = new ArrayList<>();
    ScanProgress progress =
        new ScanProgress() {
          @Override
          public void advanced(long rowsRead, long bytesRead) {}

          @Override
          public void ran(RanStatement statement) {
            ran.add(statement);
          }
        };

    // when
    completed(
        scan()
            .scan(request("told_table").build(), this::connect, progress, new ScanCancellation()));

    // then
    assertThat(ran)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo(RanStatement.Kind.SCAN);
              assertThat(one.sql()).contains("told_table");
              assertThat(one.rows()).isEqualTo(3);
              assertThat(one.bytes()).isPositive();
              assertThat(one.completed()).isTrue();
            });
  }

  final TableFacts facts(String table) throws SQLException {
    try (Connection connection = connect()) {
      Catalog catalog = dialect().catalog();
      TableDescription described = catalog.describe(connection, schema(), table).orElseThrow();
      return catalog.facts(connection, described);
    }
  }

  @Test
  void shouldFindTablesByTheirExactNameOnly() throws SQLException {
    // given
    execute(
        "CREATE TABLE exact_name (id "
            + type(ColumnType.INTEGER)
            + " NOT NULL, other "
            + type(ColumnType.TEXT)
            + ")");

    // when, then
    try (Connection connection = connect()) {
      TableDescription table =
          dialect().catalog().describe(connection, schema(), "exact_name").orElseThrow();
      assertThat(table.columns())
          .extracting(column -> column.name().value())
          .containsExactly("id", "other");
      assertThat(table.columns())
          .extracting(column -> column.definition().ordinal())
          .containsExactly(1, 2);
      assertThat(table.columns())
          .extracting(column -> column.definition().nullable())
          .containsExactly(false, true);
      for (String other : List.of("exact_nam", "exact_name2", "Exact_Name", "exact%", "a\0b")) {
        assertThat(dialect().catalog().describe(connection, schema(), other)).isEmpty();
      }
      assertThat(dialect().catalog().describe(connection, "no_such_schema", "exact_name"))
          .isEmpty();
    }
  }

  @Test
  void shouldQuoteWhateverNamesPeopleGive() throws SQLException {
    // given
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (String name : hostileColumns()) {
      columns.add(dialect().quote(name) + " " + type(ColumnType.INTEGER));
      values.add(Integer.toString(values.size() + 1));
    }
    execute(
        "CREATE TABLE " + named(HOSTILE_TABLE) + " (" + String.join(", ", columns) + ")",
        "INSERT INTO " + named(HOSTILE_TABLE) + " VALUES (" + String.join(", ", values) + ")");

    // when
    TableProfile profile = profile(HOSTILE_TABLE);

    // then
    assertThat(profile.columnProfiles())
        .extracting(column -> column.name().value())
        .containsExactlyElementsOf(hostileColumns());
    for (int i = 0; i < hostileColumns().size(); i++) {
      assertThat(profile.columnProfiles().get(i).number(Metric.MAX)).hasValue(i + 1);
    }
  }

  @Test
  void shouldMeasureEveryClassOfTypes() throws SQLException {
    // given
    Map<ColumnType, String> types = new TreeMap<>(types());
    List<String> columns = new ArrayList<>();
    types.forEach((type, sql) -> columns.add("c_" + type.name().toLowerCase() + " " + sql));
    execute("CREATE TABLE classes (" + String.join(", ", columns) + ")");
    for (int row = 0; row < 3; row++) {
      int index = row;
      List<String> values = types.keySet().stream().map(type -> literals(type).get(index)).toList();
      execute("INSERT INTO classes VALUES (" + String.join(", ", values) + ")");
    }
    execute("INSERT INTO classes (c_integer) VALUES (NULL)");

    // when
    TableProfile profile = profile("classes");

    // then
    assertThat(profile.rowCount()).isEqualTo(4);
    for (ColumnType type : types.keySet()) {
      ColumnProfile column = column(profile, "c_" + type.name().toLowerCase());
      assertThat(column.column().type()).as(type.name()).isEqualTo(type);
      assertThat(column.number(Metric.COUNT)).as(type.name()).hasValue(3);
      assertThat(column.number(Metric.NULL_COUNT)).as(type.name()).hasValue(1);
      assertThat(column.number(Metric.NULL_PERCENT)).as(type.name()).hasValue(25);
      assertThat(column.number(Metric.DISTINCT_COUNT)).as(type.name()).hasValue(2);
    }
    assertNumber(profile, "c_integer", Metric.MIN, -7);
    assertThat(column(profile, "c_integer").metric(Metric.MAX).orElseThrow().text())
        .isEqualTo("9007199254740993");
    assertNumber(profile, "c_float", Metric.MAX, 2.5);
    assertNumber(profile, "c_float", Metric.MEAN, (2.5 + 2.5 - 0.125) / 3);
    assertNumber(profile, "c_decimal", Metric.MIN, -3.25);
    assertNumber(profile, "c_decimal", Metric.SUM, 12.34 + 12.34 - 3.25);
    assertNumber(profile, "c_text", Metric.MAX_LENGTH, 5);
    assertNumber(profile, "c_text", Metric.EMPTY_COUNT, 2);
    assertNumber(profile, "c_date", Metric.EARLIEST, millis("1969-12-31T00:00:00Z"));
    assertNumber(profile, "c_date", Metric.LATEST, millis("2024-02-29T00:00:00Z"));
    if (types.containsKey(ColumnType.BOOLEAN)) {
      assertNumber(profile, "c_boolean", Metric.TRUE_COUNT, 2);
    }
    if (types.containsKey(ColumnType.TIMESTAMP)) {
      assertNumber(profile, "c_timestamp", Metric.LATEST, millis("2024-02-29T12:30:15.250Z"));
      assertNumber(profile, "c_timestamp", Metric.EARLIEST, millis("1969-12-31T23:59:59Z"));
    }
    if (types.containsKey(ColumnType.TIMESTAMP_WITH_ZONE)) {
      assertNumber(
          profile, "c_timestamp_with_zone", Metric.LATEST, millis("2024-02-29T10:30:15.250Z"));
    }
    if (types.containsKey(ColumnType.TIME)) {
      assertNumber(profile, "c_time", Metric.LATEST, Duration.ofMinutes(750).toMillis());
    }
    if (types.containsKey(ColumnType.BINARY)) {
      assertNumber(profile, "c_binary", Metric.MAX_LENGTH, 3);
    }
    if (types.containsKey(ColumnType.UUID)) {
      assertThat(column(profile, "c_uuid").semanticType().name()).isEqualTo("uuid");
    }
  }

  @Test
  void shouldNeverFailOnStrangeTypes() throws SQLException {
    // given
    Map<String, String> strange = strangeTypes();
    List<String> columns = new ArrayList<>();
    strange.keySet().forEach(type -> columns.add("c" + columns.size() + " " + type));
    execute(
        "CREATE TABLE strange (" + String.join(", ", columns) + ")",
        "INSERT INTO strange VALUES (" + String.join(", ", strange.values()) + ")",
        "INSERT INTO strange (c0) VALUES (NULL)");

    // when
    TableProfile profile = profile("strange");

    // then
    assertThat(profile.columnProfiles())
        .hasSize(strange.size())
        .allSatisfy(
            column -> {
              assertThat(column.number(Metric.COUNT)).as(column.name().value()).hasValue(1);
              assertThat(column.number(Metric.NULL_COUNT)).as(column.name().value()).hasValue(1);
              assertThat(column.number(Metric.DISTINCT_COUNT)).hasValue(1);
            });
  }

  @Test
  void shouldProfileTablesWithoutRowsOrValues() throws SQLException {
    // given
    String columns =
        " (id "
            + type(ColumnType.INTEGER)
            + ", d "
            + type(ColumnType.DECIMAL)
            + ", t "
            + type(ColumnType.TEXT)
            + ", moment "
            + type(ColumnType.DATE)
            + ")";
    execute(
        "CREATE TABLE no_rows" + columns,
        "CREATE TABLE no_values" + columns,
        "INSERT INTO no_values VALUES (NULL, NULL, NULL, NULL)",
        "INSERT INTO no_values VALUES (NULL, NULL, NULL, NULL)");

    // when
    TableProfile noRows = profile("no_rows");
    TableProfile noValues = profile("no_values");

    // then
    assertThat(noRows.rowCount()).isZero();
    assertThat(noRows.columnProfiles())
        .hasSize(4)
        .allSatisfy(
            column -> assertThat(column.metrics()).doesNotContainKeys(Metric.MIN, Metric.MEAN));
    assertThat(noValues.rowCount()).isEqualTo(2);
    assertThat(noValues.columnProfiles())
        .hasSize(4)
        .allSatisfy(
            column -> {
              assertThat(column.number(Metric.NULL_PERCENT)).hasValue(100);
              assertThat(column.number(Metric.DISTINCT_COUNT)).hasValue(0);
            });
  }

  @Test
  void shouldProfileViewsLikeTables() throws SQLException {
    // given
    numbers("viewed", 100);
    execute("CREATE VIEW seen AS SELECT id, id * 2 AS twice FROM viewed WHERE id > 90");
    if (hasMaterializedViews()) {
      execute("CREATE MATERIALIZED VIEW kept AS SELECT * FROM seen");
    }

    // when, then
    assertThat(profile("seen").rowCount()).isEqualTo(10);
    assertNumber(profile("seen"), "twice", Metric.MAX, 200);
    if (hasMaterializedViews()) {
      assertThat(profile("kept").rowCount()).isEqualTo(10);
    }
  }

  @Test
  void shouldStreamValuesTooLongToKeep() throws SQLException {
    // given
    execute("CREATE TABLE longish (t " + type(ColumnType.TEXT) + ")");
    String text = "ä".repeat(300_000);
    execute("INSERT INTO longish VALUES ('" + text + "')", "INSERT INTO longish VALUES ('b')");

    // when
    TableProfile profile =
        completed(
                scan(
                    request("longish")
                        .valuePolicies(column -> ValuePolicy.PUBLISHED_BY_NAME)
                        .build()))
            .profile();

    // then
    assertNumber(profile, "t", Metric.MAX_LENGTH, 300_000);
    assertThat(profile.toString()).doesNotContain("ä".repeat(600));
  }

  @Test
  @Timeout(30)
  void shouldEndAtOnceWhenCancelled() throws Exception {
    // given
    numbers("endless_base", 1000);
    execute("CREATE VIEW endless_rows AS SELECT a.id AS n FROM " + ENDLESS);
    ScanCancellation cancellation = new ScanCancellation();
    CompletableFuture<Void> reading = new CompletableFuture<>();

    // when
    CompletableFuture<ScanResult> result =
        CompletableFuture.supplyAsync(
            () ->
                scan()
                    .scan(
                        unchecked(() -> request("endless_rows").build()),
                        this::connect,
                        (rows, read) -> reading.complete(null),
                        cancellation));
    reading.join();
    cancellation.cancel(ReasonCode.CANCELLED);

    // then
    assertThat(result.get()).isEqualTo(new ScanResult.Cancelled(ReasonCode.CANCELLED));
  }

  @Test
  @Timeout(30)
  void shouldEndStatementsThatTakeTooLong() throws SQLException {
    // given
    numbers("endless_source", 1000);
    execute(
        "CREATE VIEW endless_row AS SELECT max(a.id + b.id + c.id + d.id + e.id) AS n FROM "
            + ENDLESS.replace("_base", "_source"));

    // when
    ScanResult result =
        scan(request("endless_row").statementTimeout(Duration.ofMillis(300)).build());
    ScanResult late = scan(request("endless_row").deadline(Instant.now().plusMillis(300)).build());

    // then
    assertThat(result)
        .isInstanceOfSatisfying(
            ScanResult.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(ReasonCode.STATEMENT_TIMEOUT));
    assertThat(late).isEqualTo(new ScanResult.Cancelled(ReasonCode.DEADLINE_EXPIRED));
  }

  @Test
  void shouldSampleWhatItSaysItCan() throws SQLException {
    // given
    numbers("sampled", 5000);

    // when, then
    assertThat(dialect().capabilities().bernoulliSampling()).isTrue();
    ScanResult.Completed once = completed(scan(sample(ScanSampling.bernoulli(0.2, 42))));
    ScanResult.Completed again = completed(scan(sample(ScanSampling.bernoulli(0.2, 42))));
    ScanResult.Completed other = completed(scan(sample(ScanSampling.bernoulli(0.2, 43))));
    assertThat(once.facts().rowsScanned()).isBetween(800L, 1200L);
    assertThat(once.profile().rowCount()).isBetween(4000L, 6000L);
    assertThat(once.profile().rowCountQuality()).isEqualTo(Quality.ESTIMATE);
    double sum = column(once.profile(), "id").number(Metric.SUM).orElseThrow();
    if (dialect().capabilities().seededSampling()) {
      assertNumber(again.profile(), "id", Metric.SUM, sum);
    }
    assertThat(column(other.profile(), "id").number(Metric.SUM).orElseThrow()).isNotEqualTo(sum);
    ScanResult.Completed first = completed(scan(sample(ScanSampling.firstRows(100))));
    assertThat(first.facts().rowsScanned()).isEqualTo(100);
    ScanResult blocks = scan(sample(ScanSampling.block(0.5, 1)));
    if (dialect().capabilities().blockSampling()) {
      assertThat(blocks).isInstanceOf(ScanResult.Completed.class);
    } else {
      assertThat(blocks)
          .isInstanceOfSatisfying(
              ScanResult.Failed.class,
              failed -> assertThat(failed.code()).isEqualTo(ReasonCode.UNSUPPORTED_OPTION));
    }
  }

  @Test
  void shouldReadOnePeriodOfASlice() throws SQLException {
    // given
    String timestamp = types().get(ColumnType.TIMESTAMP);
    execute(
        "CREATE TABLE sliced (id "
            + type(ColumnType.INTEGER)
            + ", day "
            + type(ColumnType.DATE)
            + (timestamp == null ? ")" : ", moment " + timestamp + ")"));
    String[] moments = {
      "2024-01-31 23:59:59.999",
      "2024-02-01 00:00:00",
      "2024-02-01 23:59:59.999",
      "2024-02-02 00:00:00"
    };
    for (int i = 0; i < moments.length; i++) {
      String day = "DATE '" + moments[i].substring(0, 10) + "'";
      String at = "TIMESTAMP '" + moments[i] + "'";
      execute(
          "INSERT INTO sliced VALUES ("
              + (i + 1)
              + ", "
              + temporal(day)
              + (timestamp == null ? ")" : ", " + temporal(at) + ")"));
    }
    execute("INSERT INTO sliced (id) VALUES (100)");

    // when, then
    Instant start = Instant.parse("2024-02-01T00:00:00Z");
    Instant end = Instant.parse("2024-02-02T00:00:00Z");
    for (String column : timestamp == null ? List.of("day") : List.of("day", "moment")) {
      TableProfile profile =
          completed(
                  scan(
                      request("sliced")
                          .slice(new ScanSlice(new ColumnName(column), start, end))
                          .build()))
              .profile();
      assertThat(profile.rowCount()).as(column).isEqualTo(2);
      assertNumber(profile, "id", Metric.SUM, 5);
    }
    assertThat(
            scan(request("sliced").slice(new ScanSlice(new ColumnName("id"), start, end)).build()))
        .isInstanceOfSatisfying(
            ScanResult.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(ReasonCode.INVALID_OPTION));
  }

  @Test
  void shouldLetTheSourceCountDistinctValuesExactly() throws SQLException {
    // given: more than a dictionary holds, each text twice
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      values.add("(" + (i < 15_000 ? i : "NULL") + ", 'Text " + i / 2 + "')");
    }
    execute(
        "CREATE TABLE many (id " + type(ColumnType.INTEGER) + ", t " + type(ColumnType.TEXT) + ")");
    for (int from = 0; from < values.size(); from += 1000) {
      execute("INSERT INTO many VALUES " + String.join(", ", values.subList(from, from + 1000)));
    }

    // when
    TableProfile approximate = profile("many");
    TableProfile exact = completed(scan(request("many").exactDistinct(true).build())).profile();

    // then
    assertThat(column(approximate, "id").metric(Metric.DISTINCT_COUNT).orElseThrow().quality())
        .isEqualTo(Quality.APPROXIMATE);
    assertThat(column(exact, "id").metric(Metric.DISTINCT_COUNT))
        .contains(MetricValue.exact(15_000));
    assertThat(column(exact, "id").metric(Metric.DISTINCT_PERCENT))
        .contains(MetricValue.exact(100));
    assertThat(column(exact, "t").metric(Metric.DISTINCT_COUNT))
        .contains(MetricValue.exact(10_000));
    assertThat(column(exact, "t").metric(Metric.DISTINCT_PERCENT)).contains(MetricValue.exact(50));
  }

  @Test
  void shouldSayWhenTheTableIsGone() throws SQLException {
    // given
    numbers("going", 3);
    ScanRequest request = request("going").build();
    execute("DROP TABLE going");

    // when
    ScanResult result = scan(request);

    // then
    assertThat(result)
        .isInstanceOfSatisfying(
            ScanResult.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(ReasonCode.TABLE_VANISHED);
              assertThat(failed.message()).endsWith(".");
            });
  }

  @Test
  void shouldNameItsSnapshotOnlyWhereConnectionsCanShareIt() throws SQLException {
    // given
    numbers("snapped", 3);

    // when
    ScanResult.Completed result = completed(scan(request("snapped").connections(2).build()));

    // then
    if (dialect().capabilities().sharedSnapshot()) {
      assertThat(result.facts().snapshot()).isNotEqualTo(JdbcDialect.NO_SNAPSHOT);
    } else {
      assertThat(result.facts().snapshot()).isEqualTo(JdbcDialect.NO_SNAPSHOT);
    }
    assertThat(result.facts().bytesScanned()).isPositive();
  }

  @Test
  void shouldLeaveTheConnectionAsItWas() throws SQLException {
    // given
    numbers("pooled", 3);
    try (Connection kept = connect()) {
      boolean readOnly = kept.isReadOnly();

      // when
      ScanResult result =
          scan()
              .scan(
                  request("pooled").build(),
                  () -> new KeptConnection(kept).connection(),
                  ScanProgress.NONE,
                  new ScanCancellation());

      // then
      assertThat(result).isInstanceOf(ScanResult.Completed.class);
      assertThat(kept.getAutoCommit()).isTrue();
      assertThat(kept.isReadOnly()).isEqualTo(readOnly);
    }
  }

  @Test
  void shouldNotRepeatWhatTheEngineSays() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT 'canary' FROM no_such_table_canary");
      assertThat(false).as("the query should have failed").isTrue();
    } catch (SQLException e) {
      assertThat(dialect().describe(e)).endsWith(".").doesNotContain("canary");
      assertThat(dialect().classify(e)).isNotNull();
    }
  }

  @Test
  void shouldProfileTablesOfAThousandColumns() throws SQLException {
    // given
    int columns = widestTable();
    assumeTrue(columns > 0, "the engine has no wide tables");
    List<String> definitions = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      definitions.add("c" + i + " " + type(ColumnType.INTEGER));
      values.add(Integer.toString(i));
    }
    execute(
        "CREATE TABLE wide (" + String.join(", ", definitions) + ")",
        "INSERT INTO wide VALUES (" + String.join(", ", values) + ")");

    // when
    TableProfile profile = profile("wide");

    // then
    assertThat(profile.columnProfiles()).hasSize(columns);
    assertNumber(profile, "c" + (columns - 1), Metric.MAX, columns - 1.0);
  }

  /** Columns of a table that the engine still takes; 0 to leave the test out. */
  int widestTable() {
    return 1000;
  }

  /** A date or timestamp literal of the SQL standard as the engine wants it. */
  String temporal(String literal) {
    return literal;
  }

  private List<String> literals(ColumnType type) {
    return switch (type) {
      case INTEGER -> List.of("-7", "9007199254740993", "-7");
      case FLOAT -> List.of("2.5", "-0.125", "2.5");
      case DECIMAL -> List.of("12.34", "-3.25", "12.34");
      case TEXT -> List.of("'grüße'", "''", "''");
      case BOOLEAN -> List.of(truth(true), truth(false), truth(true));
      case DATE ->
          List.of(
              temporal("DATE '2024-02-29'"),
              temporal("DATE '1969-12-31'"),
              temporal("DATE '1969-12-31'"));
      case TIME ->
          List.of(
              temporal("TIME '12:30:00'"),
              temporal("TIME '00:00:00'"),
              temporal("TIME '12:30:00'"));
      case TIMESTAMP ->
          List.of(
              temporal("TIMESTAMP '2024-02-29 12:30:15.25'"),
              temporal("TIMESTAMP '1969-12-31 23:59:59'"),
              temporal("TIMESTAMP '1969-12-31 23:59:59'"));
      case TIMESTAMP_WITH_ZONE ->
          List.of(
              temporal("TIMESTAMPTZ '2024-02-29 12:30:15.25+02:00'"),
              temporal("TIMESTAMPTZ '1969-12-31 23:59:59+00:00'"),
              temporal("TIMESTAMPTZ '1969-12-31 23:59:59+00:00'"));
      case UUID ->
          List.of(
              "'6f9619ff-8b86-d011-b42d-00cf4fc964ff'",
              "'00000000-0000-4000-8000-000000000001'",
              "'6f9619ff-8b86-d011-b42d-00cf4fc964ff'");
      case BINARY -> List.of(bytes("00ff01"), bytes("61"), bytes("61"));
      case JSON -> List.of("'{\"a\": 1}'", "'[1]'", "'[1]'");
      case ARRAY, OTHER -> throw new IllegalArgumentException("to be given as strange types");
    };
  }

  String truth(boolean value) {
    return Boolean.toString(value);
  }

  final String type(ColumnType type) {
    return types().get(type);
  }

  final String named(String table) {
    String quoted = dialect().quote(table);
    return schema().isEmpty() ? quoted : dialect().quote(schema()) + "." + quoted;
  }

  final void execute(String... statements) throws SQLException {
    try (Connection connection = connectAsOwner();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** A table of one column {@code id} that counts from one. */
  final void numbers(String table, int rows) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= rows; i++) {
      values.add("(" + i + ")");
    }
    execute(
        "CREATE TABLE " + table + " (id " + type(ColumnType.INTEGER) + ")",
        "INSERT INTO " + table + " VALUES " + String.join(", ", values));
  }

  final TableProfile profile(String table) throws SQLException {
    return completed(scan(request(table).build())).profile();
  }

  final ScanResult scan(ScanRequest request) {
    return scan().scan(request, this::connect, ScanProgress.NONE, new ScanCancellation());
  }

  final ScanRequest.Builder request(String table) throws SQLException {
    try (Connection connection = connect()) {
      TableDescription description =
          dialect().catalog().describe(connection, schema(), table).orElseThrow();
      return ScanRequest.of(
          RunId.derivedFrom("conformance"),
          DatasetId.of("engine", schema(), table),
          description,
          Profiles.HASHER);
    }
  }

  static ScanResult.Completed completed(ScanResult result) {
    assertThat(result).isInstanceOf(ScanResult.Completed.class);
    return (ScanResult.Completed) result;
  }

  static ColumnProfile column(TableProfile profile, String name) {
    return profile.column(new ColumnName(name)).orElseThrow();
  }

  static void assertNumber(TableProfile profile, String column, Metric metric, double expected) {
    assertThat(column(profile, column).number(metric).orElseThrow())
        .as(column + " " + metric)
        .isCloseTo(expected, within(1e-12 * Math.abs(expected)));
  }

  private ScanRequest sample(ScanSampling sampling) throws SQLException {
    return request("sampled").sampling(sampling).build();
  }

  private static double millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private interface Call<T> {
    T run() throws SQLException;
  }

  private static <T> T unchecked(Call<T> call) {
    try {
      return call.run();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
