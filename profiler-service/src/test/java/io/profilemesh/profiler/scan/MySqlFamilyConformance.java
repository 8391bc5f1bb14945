package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.configuration.Secret;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceLimits;
import io.profilemesh.configuration.SourceLocation;
import io.profilemesh.configuration.SourceLocation.TlsMode;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.SourceType;
import io.profilemesh.configuration.connection.SourceAddress;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.profiler.MariaDbServer;
import io.profilemesh.profiler.dialect.RelationKind;
import io.profilemesh.profiler.dialect.TableLook;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.schema.ReasonCode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What MySQL and MariaDB do alike, on a real MariaDB, each through its own driver. */
abstract class MySqlFamilyConformance extends DialectConformance {

  private static MariaDbServer server;
  private String database;

  @BeforeAll
  static void openServer() {
    server = MariaDbServer.shared();
  }

  @BeforeEach
  void beginWithAnEmptyDatabase() throws SQLException {
    database = server.createDatabase();
  }

  abstract SourceType sourceType();

  @Override
  Connection connect() throws SQLException {
    return connect(server.ownerPassword());
  }

  /** As the profiler does. */
  private Connection connect(String password) throws SQLException {
    SourceAddress address =
        SourceAddress.of(
            new SourceConfig(
                new SourceName("engine"),
                sourceType(),
                new SourceLocation.Server(
                    "127.0.0.1",
                    server.port(),
                    database,
                    server.owner(),
                    new Secret(password),
                    TlsMode.DISABLE,
                    null),
                SourceLimits.DEFAULTS,
                true));
    Properties properties = new Properties();
    properties.putAll(address.properties());
    properties.setProperty("user", address.username());
    properties.setProperty("password", address.password().reveal());
    Connection connection = DriverManager.getConnection(address.url(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(address.initialSql());
    }
    return connection;
  }

  @Override
  Connection connectAsOwner() throws SQLException {
    return server.connect(database);
  }

  @Override
  String schema() {
    return database;
  }

  @Override
  Map<ColumnType, String> types() {
    Map<ColumnType, String> types = new LinkedHashMap<>();
    types.put(ColumnType.INTEGER, "BIGINT");
    types.put(ColumnType.FLOAT, "DOUBLE");
    types.put(ColumnType.DECIMAL, "DECIMAL(10, 2)");
    types.put(ColumnType.TEXT, "LONGTEXT");
    types.put(ColumnType.BOOLEAN, "BOOLEAN");
    types.put(ColumnType.DATE, "DATE");
    types.put(ColumnType.TIME, "TIME");
    types.put(ColumnType.TIMESTAMP, "DATETIME(3)");
    types.put(ColumnType.BINARY, "BLOB");
    return types;
  }

  @Override
  String bytes(String hex) {
    return "X'" + hex + "'";
  }

  /** Names here hold no signs beyond the basic plane, and no table is as wide. */
  @Override
  List<String> hostileColumns() {
    return List.of("select", "Two words", "quo\"te", "back`tick", "%s\\n", "ünï ☃", "a'b", "?");
  }

  @Override
  int widestTable() {
    return 900;
  }

  @Override
  Map<String, String> strangeTypes() {
    return Map.of(
        "BIGINT UNSIGNED", "18446744073709551615",
        "BIT(1)", "b'1'",
        "BIT(10)", "b'1000000001'",
        "BIT(64)", "X'FFFFFFFFFFFFFFFF'",
        "ENUM('a', 'b')", "'b'",
        "SET('a', 'b')", "'a,b'",
        "POINT", "ST_GeomFromText('POINT(1 2)')",
        "YEAR", "2024",
        "VARBINARY(4)", "X'00ff'",
        "TINYINT(1)", "17");
  }

  @Test
  void shouldReadMomentsInUtcAndWhatIsNoneAsText() throws SQLException {
    // given
    try (Connection connection = connectAsOwner();
        Statement statement = connection.createStatement()) {
      statement.execute("SET time_zone = '+02:00', sql_mode = ''");
      statement.execute(
          "CREATE TABLE moments (ts TIMESTAMP(3) NULL, d DATE, t TIME(3), at DATETIME)");
      statement.execute(
          "INSERT INTO moments VALUES ('2024-02-29 12:30:15.250', '2024-02-29', '12:30:00',"
              + " '2024-02-29 00:00:00'), (NULL, '0000-00-00', '-01:00:00', '2024-02-00"
              + " 00:00:00')");
    }

    // when
    TableProfile profile = profile("moments");

    // then
    assertNumber(
        profile, "ts", Metric.LATEST, Instant.parse("2024-02-29T10:30:15.250Z").toEpochMilli());
    assertThat(column(profile, "ts").column().type()).isEqualTo(ColumnType.TIMESTAMP_WITH_ZONE);
    for (String column : List.of("d", "t", "at")) {
      assertThat(column(profile, column).column().type()).as(column).isEqualTo(ColumnType.TEXT);
      assertNumber(profile, column, Metric.COUNT, 2);
      assertNumber(profile, column, Metric.DISTINCT_COUNT, 2);
    }
  }

  @Test
  void shouldTellTextsApartThatACollationTakesForEqual() throws SQLException {
    execute(
        "CREATE TABLE alike (t VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci)",
        "INSERT INTO alike VALUES ('a'), ('A'), ('ä')");

    assertNumber(profile("alike"), "t", Metric.DISTINCT_COUNT, 3);
  }

  @Test
  void shouldSeeOneSnapshotWhileAnotherConnectionWrites() throws SQLException {
    // given
    numbers("written", 5000);
    boolean[] wrote = new boolean[1];

    // when
    ScanResult.Completed result =
        completed(
            scan()
                .scan(
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
    assertThat(wrote[0]).isTrue();
    assertThat(result.profile().rowCount()).isEqualTo(5000);
    assertThat(profile("written").rowCount()).isEqualTo(5001);
  }

  @Test
  void shouldTellChangedTablesFromOthers() throws SQLException {
    // given
    numbers("watched", 3);
    execute("CREATE VIEW watching AS SELECT * FROM watched");
    TableRef table = new TableRef(database, "watched", RelationKind.TABLE);
    TableRef view = new TableRef(database, "watching", RelationKind.VIEW);
    TableLook before = look(table);

    // when, then
    assertThat(before.token()).isNotNull();
    assertThat(look(table).token()).isEqualTo(before.token());
    assertThat(look(view).token()).isNull();
    Awaitility.await()
        .untilAsserted(
            () -> {
              execute("INSERT INTO watched VALUES (4)");
              assertThat(look(table).token()).isNotEqualTo(before.token());
            });
  }

  private TableLook look(TableRef table) throws SQLException {
    try (Connection connection = connect()) {
      return dialect().changeTokens().orElseThrow().look(connection, List.of(table)).get(table);
    }
  }

  @Test
  void shouldRefuseToWrite() throws SQLException {
    numbers("protected", 1);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("DELETE FROM protected"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void shouldTellWhyItCannotReadByTheCodeAlone() throws SQLException {
    assertThatThrownBy(() -> connect("wrong canary"))
        .isInstanceOfSatisfying(
            SQLException.class,
            failure -> {
              assertThat(dialect().classify(failure)).isEqualTo(ReasonCode.PERMISSION_DENIED);
              assertThat(dialect().describe(failure)).doesNotContain("canary");
            });
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM no_such_table"))
          .isInstanceOfSatisfying(
              SQLException.class,
              failure ->
                  assertThat(dialect().classify(failure)).isEqualTo(ReasonCode.TABLE_VANISHED));
    }
  }

  private void insertMore() {
    try {
      execute("INSERT INTO written VALUES (-1)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
