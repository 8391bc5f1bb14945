package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.dialect.SqliteDialect;
import io.profilemesh.schema.ReasonCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDialectTest extends DialectConformance {

  private static final SqliteDialect DIALECT = new SqliteDialect();
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

  @Override
  Connection connect() throws SQLException {
    execute();
    return DriverManager.getConnection("jdbc:sqlite:" + database().toUri() + "?open_mode=65");
  }

  @Override
  Connection connectAsOwner() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database());
  }

  @Override
  String schema() {
    return "";
  }

  @Override
  Map<ColumnType, String> types() {
    return Map.of(
        ColumnType.INTEGER, "INTEGER",
        ColumnType.FLOAT, "DOUBLE",
        ColumnType.DECIMAL, "DECIMAL(10, 2)",
        ColumnType.TEXT, "VARCHAR(20)",
        ColumnType.BOOLEAN, "BOOLEAN",
        ColumnType.DATE, "DATE",
        ColumnType.TIMESTAMP, "DATETIME",
        ColumnType.BINARY, "BLOB",
        ColumnType.JSON, "JSON",
        ColumnType.UUID, "UUID");
  }

  @Override
  String temporal(String literal) {
    return literal.substring(literal.indexOf('\''));
  }

  @Override
  String bytes(String hex) {
    return "X'" + hex + "'";
  }

  @Override
  Map<String, String> strangeTypes() {
    return Map.of(
        "INTEGER", "'not a number'",
        "DOUBLE", "X'00ff'",
        "BOOLEAN", "17",
        "DATE", "'next week'",
        "DATETIME", "1709209815",
        "DECIMAL(10, 2)", "9e999",
        "VARCHAR(5)", "X'00ff'",
        "UUID", "'none'",
        "GEOMETRY", "'POINT(1 2)'",
        "", "X'ffd8'");
  }

  @Test
  void shouldReadColumnsOfMixedTypesOnceMoreAsWhatHoldsAll() throws SQLException {
    // given
    execute(
        "CREATE TABLE mixed (id INTEGER PRIMARY KEY, n INTEGER, flag BOOLEAN, at DATE, plain INT)",
        "INSERT INTO mixed VALUES (1, 1, 1, '2024-01-01', 1), (2, 2.5, 2, '2024-01-01 10:00', 2),"
            + " (3, 3, NULL, NULL, 3)",
        "CREATE TABLE words (n INTEGER)",
        "INSERT INTO words VALUES (1), (2.5), ('three'), (NULL)");

    // when
    TableProfile mixed = profile("mixed");
    TableProfile words = profile("words");

    // then
    assertThat(mixed.rowCount()).isEqualTo(3);
    assertThat(column(mixed, "n").column().type()).isEqualTo(ColumnType.DECIMAL);
    assertThat(column(mixed, "n").column().dataType()).isEqualTo("INTEGER");
    assertThat(mixed.columns().get(1).type()).isEqualTo(ColumnType.DECIMAL);
    assertNumber(mixed, "n", Metric.SUM, 6.5);
    assertThat(column(mixed, "flag").column().type()).isEqualTo(ColumnType.INTEGER);
    assertNumber(mixed, "flag", Metric.MAX, 2);
    assertThat(column(mixed, "at").column().type()).isEqualTo(ColumnType.TIMESTAMP);
    assertThat(column(mixed, "plain").column().type()).isEqualTo(ColumnType.INTEGER);
    assertThat(column(words, "n").column().type()).isEqualTo(ColumnType.TEXT);
    assertNumber(words, "n", Metric.COUNT, 3);
    assertNumber(words, "n", Metric.NULL_COUNT, 1);
    assertNumber(words, "n", Metric.MAX_LENGTH, 5);
  }

  @Test
  void shouldFindOutWhatExpressionsOfViewsYield() throws SQLException {
    // given
    execute(
        "CREATE TABLE base (id INTEGER, name TEXT)",
        "INSERT INTO base VALUES (1, 'a'), (2, 'b'), (4, 'c')",
        "CREATE VIEW computed AS SELECT id * 2 AS twice, id / 2.0 AS half, name || id AS label"
            + " FROM base");

    // when
    TableProfile profile = profile("computed");

    // then
    assertThat(profile.columns())
        .extracting(column -> column.type())
        .containsExactly(ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.TEXT);
    assertNumber(profile, "half", Metric.SUM, 3.5);
    assertNumber(profile, "label", Metric.DISTINCT_COUNT, 3);
  }

  @Test
  void shouldTakeDatesForNumbersWhereTheyAreStoredSo() throws SQLException {
    // given
    execute(
        "CREATE TABLE epochs (millis DATETIME, days DATE, julian TIMESTAMP, anything)",
        "INSERT INTO epochs VALUES (1709209815250, 19782, 2460370.02, 'x')");

    // when
    TableProfile profile = profile("epochs");

    // then
    assertThat(profile.columns())
        .extracting(column -> column.type())
        .containsExactly(ColumnType.INTEGER, ColumnType.INTEGER, ColumnType.FLOAT, ColumnType.TEXT);
    assertThat(profile.columns().get(3).dataType()).isEqualTo("any");
  }

  @Test
  void shouldSeeOneSnapshotWhileAnotherConnectionWrites() throws SQLException {
    // given
    execute("PRAGMA journal_mode = WAL");
    numbers("written", 3000);
    boolean[] wrote = new boolean[1];

    // when
    ScanResult.Completed result =
        completed(
            SCAN.scan(
                request("written").build(),
                this::connect,
                (rows, bytes) -> {
                  if (!wrote[0]) {
                    wrote[0] = true;
                    insertMore();
                  }
                },
                new ScanCancellation()));

    // then
    assertThat(result.profile().rowCount()).isEqualTo(3000);
    assertThat(profile("written").rowCount()).isEqualTo(3001);
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

  @Test
  void shouldSayThatAFileCannotBeOpened() throws SQLException {
    // given
    numbers("there", 1);
    ScanRequest request = request("there").build();

    // when
    ScanResult result =
        SCAN.scan(
            request,
            () ->
                DriverManager.getConnection(
                    "jdbc:sqlite:" + directory.resolve("none.db").toUri() + "?open_mode=65"),
            ScanProgress.NONE,
            new ScanCancellation());

    // then
    assertThat(result)
        .isInstanceOfSatisfying(
            ScanResult.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(ReasonCode.SOURCE_UNREACHABLE);
              assertThat(failed.message()).doesNotContain("none.db");
            });
  }

  private void insertMore() {
    try {
      execute("INSERT INTO written VALUES (-1)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path database() {
    return directory.resolve("notes.db");
  }
}
