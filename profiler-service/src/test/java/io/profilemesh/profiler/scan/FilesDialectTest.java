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
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.profiler.dialect.FileTables;
import io.profilemesh.profiler.dialect.FilesDialect;
import io.profilemesh.profiler.dialect.RelationKind;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.dialect.TableFacts;
import io.profilemesh.profiler.dialect.TableLook;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.schema.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet and CSV files as tables; what the engine does with their rows is in its own test. */
class FilesDialectTest {

  @TempDir Path directory;

  private final Map<String, String> named = new java.util.HashMap<>();

  @Test
  void shouldListFilesByPathAndNamedTablesByName() throws Exception {
    // given
    write("a.csv", "id\n1\n");
    write("a.tsv", "id\n1\n");
    write("2024/jan.csv", "id\n1\n");
    write("2024/feb.csv", "id\n2\n");
    write("2025/jan.csv", "id\n3\n");
    write(".hidden.csv", "id\n1\n");
    write("_temporary/x.csv", "id\n1\n");
    write("notes.txt", "none");
    parquet("sales.parquet", "SELECT 1 AS id");
    named.put("of 2024", "2024/*.csv");
    named.put("nothing", "2030/*.csv");

    // when
    List<TableRef> tables;
    try (Connection connection = connect()) {
      tables = dialect().catalog().tables(connection);
    }

    // then
    assertThat(tables)
        .extracting(TableRef::displayName)
        .containsExactly("csv.2025/jan", "csv.a", "csv.a.tsv", "csv.of 2024", "parquet.sales");
    assertThat(profile("csv", "of 2024").rowCount()).isEqualTo(2);
  }

  @Test
  void shouldTellWhereFilesLieAndHowWellTheyAreCompressed() throws Exception {
    // given
    write("2024/jan.csv", "id\n1\n");
    write("2024/q2/may.csv", "id\n2\n");
    parquet("deep/sales.parquet", "SELECT 7 AS id FROM range(100000)");
    named.put("of 2024", "2024/**.csv");

    // when
    TableFacts many = facts("csv", "of 2024");
    TableFacts one = facts("parquet", "deep/sales");

    // then
    assertThat(many.type()).isEqualTo(TableFacts.Type.FILE);
    assertThat(many.storageFormat()).isEqualTo("csv");
    assertThat(many.location()).isEqualTo("2024/");
    assertThat(many.compressionRatio()).isNull();
    assertThat(many.properties()).containsEntry("files", "2");
    assertThat(many.columns()).isNull();
    assertThat(one.storageFormat()).isEqualTo("parquet");
    assertThat(one.location()).isEqualTo("deep/sales.parquet");
    assertThat(one.compressionRatio()).isPositive();
    assertThat(one.properties())
        .containsEntry("compression", "SNAPPY")
        .containsEntry("rowGroups", "1");
  }

  private TableFacts facts(String schema, String table) throws SQLException {
    try (Connection connection = connect()) {
      FilesDialect dialect = dialect();
      TableDescription described =
          dialect.catalog().describe(connection, schema, table).orElseThrow();
      return dialect.catalog().facts(connection, described);
    }
  }

  @Test
  void shouldReadTypesOfParquetAsTheyAre() throws Exception {
    // given
    parquet(
        "types.parquet",
        "SELECT * FROM (VALUES (1::BIGINT, 12.34::DECIMAL(10, 2), 'x', DATE '2024-02-29', TIMESTAMP"
            + " '2024-02-29 12:30:15.25', true, [1, 2], {'a': 1}, 'ab'::BLOB,"
            + " 18446744073709551615::UBIGINT), (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
            + " NULL, NULL)) t(n, d, t, day, moment, b, l, s, bin, u)");

    // when
    TableProfile profile = profile("parquet", "types");

    // then
    assertThat(profile.columns())
        .extracting(column -> column.type())
        .containsExactly(
            ColumnType.INTEGER,
            ColumnType.DECIMAL,
            ColumnType.TEXT,
            ColumnType.DATE,
            ColumnType.TIMESTAMP,
            ColumnType.BOOLEAN,
            ColumnType.ARRAY,
            ColumnType.OTHER,
            ColumnType.BINARY,
            ColumnType.DECIMAL);
    assertThat(profile.columnProfiles())
        .allSatisfy(column -> assertThat(column.number(Metric.NULL_COUNT)).hasValue(1));
    DialectConformance.assertNumber(profile, "d", Metric.SUM, 12.34);
    DialectConformance.assertNumber(
        profile, "moment", Metric.LATEST, Instant.parse("2024-02-29T12:30:15.250Z").toEpochMilli());
    assertThat(DialectConformance.column(profile, "u").metric(Metric.MAX).orElseThrow().text())
        .isEqualTo("18446744073709551615");
    assertThat(description("parquet", "types").rowEstimate()).hasValue(2);
  }

  @Test
  void shouldFindOutTypesAndSignsOfCsv() throws Exception {
    // given
    write(
        "shop/orders.csv",
        """
        id;day;amount;paid;note
        1;29.02.2024;12.5;true;"a; b"
        2;01.03.2024;;false;
        3;02.03.2024;-1;true;"says ""hi\"""
        """);

    // when
    TableProfile profile = profile("csv", "shop/orders");

    // then
    assertThat(profile.columns())
        .extracting(column -> column.type())
        .containsExactly(
            ColumnType.INTEGER,
            ColumnType.DATE,
            ColumnType.FLOAT,
            ColumnType.BOOLEAN,
            ColumnType.TEXT);
    assertThat(profile.rowCount()).isEqualTo(3);
    DialectConformance.assertNumber(profile, "amount", Metric.NULL_COUNT, 1);
    DialectConformance.assertNumber(
        profile, "day", Metric.EARLIEST, Instant.parse("2024-02-29T00:00:00Z").toEpochMilli());
    DialectConformance.assertNumber(profile, "note", Metric.MAX_LENGTH, 9);
  }

  @Test
  void shouldReadColumnsOnceMoreWhenLaterRowsAreOfAnotherKind() throws Exception {
    // given: what the first rows suggest does not hold beyond them
    StringBuilder text = new StringBuilder("n,f,day,flag\n");
    for (int i = 0; i < 30_000; i++) {
      text.append(i).append(",1.5,2024-01-01,true\n");
    }
    text.append("2.5,n/a,unknown,maybe\n");
    write("late.csv", text.toString());

    // when
    TableProfile profile = profile("csv", "late");

    // then
    assertThat(profile.columns())
        .extracting(column -> column.type())
        .containsExactly(ColumnType.DECIMAL, ColumnType.TEXT, ColumnType.TEXT, ColumnType.TEXT);
    assertThat(profile.rowCount()).isEqualTo(30_001);
    DialectConformance.assertNumber(profile, "n", Metric.SUM, 29_999.0 * 30_000 / 2 + 2.5);
    DialectConformance.assertNumber(profile, "day", Metric.DISTINCT_COUNT, 2);
  }

  @Test
  void shouldReadOneTableFromManyFiles() throws Exception {
    // given
    parquet("part/1.parquet", "SELECT 1 AS id, 'a' AS t");
    parquet("part/2.parquet", "SELECT 2 AS id, 'b' AS t, true AS more");
    named.put("parts", "part/*.parquet");

    // when
    TableProfile profile = profile("parquet", "parts");

    // then
    assertThat(profile.rowCount()).isEqualTo(2);
    DialectConformance.assertNumber(profile, "more", Metric.NULL_COUNT, 1);
  }

  @Test
  void shouldChooseTheSameRowsForTheSameSeed() throws Exception {
    // given
    parquet("many.parquet", "SELECT i AS id FROM range(100000) t(i)");

    // when
    double once = sampledSum(42);

    // then
    assertThat(sampledSum(42)).isEqualTo(once);
    assertThat(sampledSum(43)).isNotEqualTo(once);
  }

  @Test
  void shouldTellChangedFilesFromOthers() throws Exception {
    // given
    write("a.csv", "id\n1\n");
    write("b.csv", "id\n1\n");
    TableLook before = look("a");

    // when, then
    assertThat(look("a")).isEqualTo(before);
    assertThat(before.bytes()).isEqualTo(5);
    assertThat(look("b").token()).isNotEqualTo(before.token());
    write("a.csv", "id\n22\n");
    assertThat(look("a").token()).isNotEqualTo(before.token());
  }

  private TableLook look(String table) throws SQLException {
    TableRef ref = new TableRef("csv", table, RelationKind.TABLE);
    try (Connection connection = connect()) {
      return dialect().changeTokens().orElseThrow().look(connection, List.of(ref)).get(ref);
    }
  }

  @Test
  void shouldSayInOneSentenceWhenFileIsNotWhatItsEndingSays() throws Exception {
    // given
    write("broken.parquet", "this is no Parquet, canary");

    // when
    try (Connection connection = connect()) {
      assertThatThrownBy(() -> dialect().catalog().describe(connection, "parquet", "broken"))
          .isInstanceOfSatisfying(
              SQLException.class,
              failure -> {
                assertThat(dialect().classify(failure)).isEqualTo(ReasonCode.SOURCE_QUERY_FAILED);
                assertThat(dialect().describe(failure))
                    .contains("cannot be read as what its ending says")
                    .doesNotContain("canary");
              });
    }
  }

  @Test
  void shouldSayThatTheDirectoryIsGone() throws Exception {
    FilesDialect gone = new FilesDialect(new FileTables(directory.resolve("none"), Map.of()));
    try (Connection connection = connect()) {
      assertThatThrownBy(() -> gone.catalog().tables(connection))
          .isInstanceOfSatisfying(
              SQLException.class,
              failure ->
                  assertThat(gone.classify(failure)).isEqualTo(ReasonCode.SOURCE_UNREACHABLE));
    }
  }

  @Test
  void shouldNotReadOutsideItsDirectory() throws Exception {
    Path outside = Files.writeString(Files.createTempFile("outside", ".csv"), "id\n1\n");
    write("inside.csv", "id\n1\n");
    try (Connection connection = connect()) {
      query(connection, "SELECT * FROM '" + directory.resolve("inside.csv") + "'");
      for (String refused :
          List.of("SELECT * FROM '" + outside + "'", "SET enable_external_access = true")) {
        assertThatThrownBy(() -> query(connection, refused))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("configuration");
      }
    } finally {
      Files.delete(outside);
    }
  }

  private static void query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private double sampledSum(long seed) throws SQLException {
    return completed(request("parquet", "many").sampling(ScanSampling.bernoulli(0.1, seed)).build())
        .columnProfiles()
        .get(0)
        .number(Metric.SUM)
        .orElseThrow();
  }

  private TableProfile profile(String schema, String table) throws SQLException {
    return completed(request(schema, table).build());
  }

  private TableProfile completed(ScanRequest request) {
    return DialectConformance.completed(
            new JdbcTableScan(dialect(), Clock.systemUTC())
                .scan(request, this::connect, ScanProgress.NONE, new ScanCancellation()))
        .profile();
  }

  private ScanRequest.Builder request(String schema, String table) throws SQLException {
    return ScanRequest.of(
        RunId.derivedFrom("files"),
        DatasetId.of("files", schema, table),
        description(schema, table),
        Profiles.HASHER);
  }

  private TableDescription description(String schema, String table) throws SQLException {
    try (Connection connection = connect()) {
      return dialect().catalog().describe(connection, schema, table).orElseThrow();
    }
  }

  private FilesDialect dialect() {
    return new FilesDialect(new FileTables(directory, named));
  }

  /** As the profiler does. */
  private Connection connect() throws SQLException {
    SourceAddress address =
        SourceAddress.of(
            new SourceConfig(
                new SourceName("files"),
                SourceType.FILES,
                new SourceLocation.DataFiles(directory, named),
                SourceLimits.DEFAULTS,
                true));
    Properties properties = new Properties();
    properties.putAll(address.properties());
    Connection connection = DriverManager.getConnection(address.url(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(address.initialSql());
    }
    return connection;
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void parquet(String name, String query) throws IOException, SQLException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
    }
  }
}
