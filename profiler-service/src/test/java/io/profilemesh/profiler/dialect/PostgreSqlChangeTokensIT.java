package io.profilemesh.profiler.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgreSqlChangeTokensIT {

  private static final Duration LATE = Duration.ofSeconds(30);
  private static final ChangeTokens TOKENS = new PostgreSqlDialect().changeTokens().orElseThrow();

  private static PostgresEndpoint database;

  @BeforeAll
  static void openDatabase() {
    database = Stacks.shared().createDatabase("tokens");
  }

  @Test
  void shouldStayTheSameWhenNothingButReadingHappens() throws SQLException {
    execute("CREATE TABLE still AS SELECT i AS id FROM generate_series(1, 1000) i");
    String before = settled("still");

    execute("SELECT count(*) FROM still", "ANALYZE still", "VACUUM still");

    assertThat(token("still")).isEqualTo(before);
  }

  @Test
  void shouldMoveWithEveryKindOfChange() throws SQLException {
    execute("CREATE TABLE moving AS SELECT i AS id, 'a' AS name FROM generate_series(1, 100) i");
    for (String change :
        List.of(
            "INSERT INTO moving VALUES (101, 'b')",
            "UPDATE moving SET name = 'c' WHERE id = 7",
            "DELETE FROM moving WHERE id = 8",
            "TRUNCATE moving",
            "ALTER TABLE moving ADD COLUMN note text",
            "ALTER TABLE moving RENAME COLUMN note TO remark",
            "ALTER TABLE moving ALTER COLUMN remark TYPE varchar(40)",
            "ALTER TABLE moving ALTER COLUMN id SET NOT NULL",
            "ALTER TABLE moving DROP COLUMN remark")) {
      String before = settled("moving");

      execute(change);

      await()
          .atMost(LATE)
          .untilAsserted(() -> assertThat(token("moving")).as(change).isNotEqualTo(before));
    }
  }

  @Test
  void shouldMoveWhenATableOfTheSameNameAndCountsTakesItsPlace() throws SQLException {
    execute("CREATE TABLE swapped (id int)", "INSERT INTO swapped VALUES (1)");
    String before = settled("swapped");

    execute(
        "DROP TABLE swapped", "CREATE TABLE swapped (id int)", "INSERT INTO swapped VALUES (2)");

    assertThat(settled("swapped")).isNotEqualTo(before);
  }

  @Test
  void shouldSeeChangesOfPartitionsAndOfChildren() throws SQLException {
    execute(
        "CREATE TABLE parts (id int, day date) PARTITION BY RANGE (day)",
        "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
        "CREATE TABLE parent (id int)",
        "CREATE TABLE child () INHERITS (parent)");
    String parts = settled("parts");
    String parent = settled("parent");

    execute("INSERT INTO parts VALUES (1, '2026-01-05')", "INSERT INTO child VALUES (1)");

    await().atMost(LATE).untilAsserted(() -> assertThat(token("parts")).isNotEqualTo(parts));
    await().atMost(LATE).untilAsserted(() -> assertThat(token("parent")).isNotEqualTo(parent));
    String grown = settled("parts");
    execute(
        "CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')");
    assertThat(token("parts")).isNotEqualTo(grown);
  }

  @Test
  void shouldMoveWhenAMaterialisedViewIsRefreshed() throws SQLException {
    execute("CREATE TABLE base AS SELECT 1 AS id", "CREATE MATERIALIZED VIEW shown AS TABLE base");
    String before = settled("shown");

    execute("INSERT INTO base VALUES (2)", "REFRESH MATERIALIZED VIEW shown");

    assertThat(token("shown")).isNotEqualTo(before);
  }

  /**
   * The batch is visible, its counter is not: a scan now reads rows that the token does not know.
   */
  @Test
  void shouldMoveInTheEndWhenTheCounterComesAfterTheCommit() throws SQLException {
    execute("CREATE TABLE late (id int)");
    try (Connection busy = database.connect();
        Statement statement = busy.createStatement()) {
      statement.execute("INSERT INTO late VALUES (1)");
      statement.execute("INSERT INTO late SELECT generate_series(1, 5000)");
      String justAfterTheCommit = token("late");
      assertThat(number("SELECT count(*) FROM late")).isEqualTo(5001);

      await().atMost(LATE).untilAsserted(() -> assertThat(inserted("late")).isEqualTo(5001));

      assertThat(token("late")).isNotEqualTo(justAfterTheCommit);
    }
  }

  @Test
  void shouldMoveWhenCountersAreResetAndComeToTheSameNumbers() throws SQLException {
    execute("CREATE TABLE again (id int)", "INSERT INTO again SELECT generate_series(1, 10)");
    await().atMost(LATE).until(() -> inserted("again") == 10);
    String before = settled("again");

    execute(
        "SELECT pg_stat_reset_single_table_counters('again'::regclass)",
        "INSERT INTO again SELECT generate_series(11, 20)");
    await().atMost(LATE).until(() -> inserted("again") == 10);

    assertThat(token("again")).isNotEqualTo(before);
  }

  @Test
  void shouldMoveWhenACrashLosesTheCounters() throws Exception {
    execute("CREATE TABLE crashed (id int)");
    String before = settled("crashed");
    execute("INSERT INTO crashed VALUES (1)");

    crash();

    await().atMost(LATE).ignoreExceptions().until(() -> inserted("crashed") == 0);
    assertThat(number("SELECT count(*) FROM crashed")).isEqualTo(1);
    assertThat(token("crashed")).isNotEqualTo(before);
  }

  @Test
  void shouldGiveNoTokenWhereChangesCannotBeTold() throws SQLException {
    execute(
        "CREATE TABLE seen AS SELECT 1 AS id",
        "CREATE VIEW looking AS TABLE seen",
        "CREATE TABLE secured (id int)",
        "ALTER TABLE secured ENABLE ROW LEVEL SECURITY");

    assertThat(look("looking").whyNoToken()).contains("view");
    assertThat(look("secured").whyNoToken()).contains("Row-level security");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET track_counts = off");
      TableRef seen = ref("seen");
      assertThat(TOKENS.look(connection, List.of(seen)).get(seen).whyNoToken())
          .contains("track_counts");
    }
  }

  @Test
  void shouldEstimateRowsAndBytesWithoutReading() throws SQLException {
    execute(
        "CREATE TABLE sized AS SELECT i AS id, repeat('x', 100) AS t FROM generate_series(1, 50000)"
            + " i",
        "ANALYZE sized");

    TableLook look = look("sized");

    assertThat(look.rows()).isBetween(49_000L, 51_000L);
    assertThat(look.bytes()).isBetween(5_000_000L, 9_000_000L);
    assertThat(number("SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'sized'"))
        .isZero();
  }

  @Test
  void shouldLookAtAThousandTablesAtOnce() throws SQLException {
    execute(
        "CREATE SCHEMA many",
        "DO $$ BEGIN FOR i IN 1..1000 LOOP EXECUTE format('CREATE TABLE many.t%s (id int)', i);"
            + " END LOOP; END $$");
    List<TableRef> tables = new ArrayList<>();
    for (int i = 1; i <= 1000; i++) {
      tables.add(new TableRef("many", "t" + i, RelationKind.TABLE));
    }
    tables.add(new TableRef("many", "not there", RelationKind.TABLE));

    Map<TableRef, TableLook> looks;
    try (Connection connection = database.connect()) {
      looks = TOKENS.look(connection, tables);
    }

    assertThat(looks).hasSize(1000);
    assertThat(looks.values().stream().map(TableLook::token)).doesNotHaveDuplicates();
  }

  /** The token once no other session is open, whose counters could still arrive. */
  private static String settled(String table) throws SQLException {
    await()
        .atMost(LATE)
        .until(
            () ->
                number(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND backend_type = 'client backend' AND pid <> pg_backend_pid()")
                    == 0);
    return token(table);
  }

  private static String token(String table) throws SQLException {
    String token = look(table).token();
    assertThat(token).as(table).isNotNull();
    return token;
  }

  private static TableLook look(String table) throws SQLException {
    try (Connection connection = database.connect()) {
      TableRef ref = ref(table);
      return TOKENS.look(connection, List.of(ref)).get(ref);
    }
  }

  private static TableRef ref(String table) {
    return new TableRef("public", table, RelationKind.TABLE);
  }

  private static long inserted(String table) throws SQLException {
    return number("SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = '" + table + "'");
  }

  private static long number(String query) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Each statement on a session of its own, whose counters arrive when it ends. */
  private static void execute(String... statements) throws SQLException {
    for (String sql : statements) {
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  /** One killed backend makes the server restart all others and forget its counters. */
  private static void crash() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      ProcessHandle backend = ProcessHandle.of(row.getLong(1)).orElse(null);
      assumeTrue(backend != null, "the server's processes are of another machine");
      backend.destroyForcibly();
      backend.onExit().join();
    }
  }
}
