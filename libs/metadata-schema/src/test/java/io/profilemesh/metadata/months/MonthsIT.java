package io.profilemesh.metadata.months;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Months of results appear by themselves, and no row is refused or lost for its time. */
class MonthsIT {

  private static final String RESULTS = "profilemesh_column_profiles";
  private static final String HASH =
      "SELECT sum(hash_record_extended(t, 0)::numeric)::text FROM profilemesh_column_profiles t";

  private final PostgresEndpoint database =
      Stacks.shared().createDatabase("months" + System.nanoTime());
  private final Migrations migrations =
      Migrations.of(database.jdbcUrl(), database.username(), database.password());
  private final Instant now = Instant.now();

  @Test
  void shouldKeepRowsThatWereThereBeforeThereWereMonths() throws Exception {
    // given
    migrations.apply(ApplyOptions.upTo(16));
    String role = "reader" + System.nanoTime();
    execute(
        "CREATE ROLE " + role,
        "GRANT SELECT ON profilemesh_column_profiles, profilemesh_results TO " + role);
    for (int days : List.of(-900, -40, 0, 50, 3_000)) {
      measured(now.plus(days, ChronoUnit.DAYS));
    }
    String before = texts(HASH).get(0);

    // when
    migrations.apply(ApplyOptions.all());

    // then
    assertThat(texts(HASH)).containsExactly(before);
    assertThat(partitionsWithRows())
        .containsExactlyInAnyOrder(
            RESULTS + "_before" + suffix(month(now).plusMonths(1)),
            RESULTS + suffix(month(now.plus(50, ChronoUnit.DAYS))),
            RESULTS + "_default");
    assertThat(texts("SELECT count(*) FROM profilemesh_results")).containsExactly("5");
    assertThat(
            texts(
                "SELECT has_table_privilege('%1$s', 'profilemesh_column_profiles', 'SELECT')"
                        .formatted(role)
                    + " AND has_table_privilege('%1$s', 'profilemesh_results', 'SELECT')"
                        .formatted(role)))
        .containsExactly("t");
    assertThat(migrations.validate().differences()).isEmpty();
    execute("DROP OWNED BY " + role, "DROP ROLE " + role);

    // and what is asked for what is there already makes nothing
    int partitions = partitions().size();
    add(now, now.minus(700, ChronoUnit.DAYS));
    assertThat(partitions()).hasSize(partitions);
    measured(now.minus(600, ChronoUnit.DAYS));
  }

  @Test
  void shouldMakeEachMonthOnceWhenManyBeginAtOnce() throws Exception {
    // given
    migrations.apply(ApplyOptions.all());
    Instant[] months =
        IntStream.range(0, 24)
            .mapToObj(i -> now.atOffset(ZoneOffset.UTC).minusMonths(i).toInstant())
            .toArray(Instant[]::new);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Boolean>> services = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      services.add(
          () -> {
            add(months);
            return true;
          });
    }

    // when
    try {
      for (Future<Boolean> service : threads.invokeAll(services)) {
        assertThat(service.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }

    // then
    assertThat(partitions()).hasSize(24 + 2 + 1);
    for (Instant month : months) {
      measured(month);
    }
    assertThat(partitionsWithRows()).hasSize(24).doesNotContain(RESULTS + "_default");
  }

  @Test
  void shouldTakeRowsOfAnyTimeAndMoveThemWhenTheirMonthIsMade() throws Exception {
    // given
    migrations.apply(ApplyOptions.all());
    Instant standstill = now.minus(400, ChronoUnit.DAYS);
    measured(standstill);
    measured(Instant.parse("1980-01-01T00:00:00Z"));
    measured(Instant.parse("2099-12-31T23:59:59Z"));
    String before = texts(HASH).get(0);
    assertThat(partitionsWithRows()).containsExactly(RESULTS + "_default");

    // when
    add(standstill, Instant.parse("1980-01-01T00:00:00Z"), Instant.parse("2099-12-31T00:00:00Z"));

    // then
    assertThat(partitionsWithRows())
        .containsExactlyInAnyOrder(RESULTS + suffix(month(standstill)), RESULTS + "_default");
    assertThat(partitions()).hasSize(3 + 1 + 1);
    assertThat(texts(HASH)).containsExactly(before);
  }

  @Test
  void shouldNotHoldUpRowsWhileSomebodyReadsForLong() throws Exception {
    // given
    migrations.apply(ApplyOptions.all());
    Instant month = now.minus(200, ChronoUnit.DAYS);
    int partitions = partitions().size();
    try (Connection export = database.connect();
        Statement statement = export.createStatement()) {
      export.setAutoCommit(false);
      statement.execute("SELECT count(*) FROM profilemesh_column_profiles");

      // when
      add(month);
      measured(month);

      // then
      assertThat(partitions()).hasSize(partitions);
      assertThat(partitionsWithRows()).containsExactly(RESULTS + "_default");
    }

    // and the month is made when there is room for it
    add(month);
    assertThat(partitionsWithRows()).containsExactly(RESULTS + suffix(month(month)));
  }

  private void add(Instant... instants) throws SQLException {
    try (Connection connection = database.connect()) {
      Months.add(
          connection,
          List.of(MonthlyTable.RESULTS, MonthlyTable.SKETCHES, MonthlyTable.QUERY_HISTORY),
          List.of(instants));
    }
  }

  private void measured(Instant at) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement run =
            connection.prepareStatement(
                "INSERT INTO profilemesh_runs (run_id, dataset_name, source, schema_name,"
                    + " table_name, environment, request_id, trigger, requested_at)"
                    + " VALUES (md5(?)::uuid, 'd', 's', 'p', 't', 'e', 'r', 'rest', now())");
        PreparedStatement row =
            connection.prepareStatement(
                "INSERT INTO profilemesh_column_profiles (run_id, dataset_name, column_name,"
                    + " profiled_at, ordinal, metric_names, metric_values)"
                    + " VALUES (md5(?)::uuid, 'd', '', ?::timestamptz, 0, '{a}', '{1}')")) {
      run.setString(1, at.toString());
      run.execute();
      row.setString(1, at.toString());
      row.setString(2, at.toString());
      row.execute();
    }
  }

  private List<String> partitions() throws SQLException {
    return texts(
        "SELECT inhrelid::regclass::text FROM pg_inherits"
            + " WHERE inhparent = 'profilemesh_column_profiles'::regclass");
  }

  private List<String> partitionsWithRows() throws SQLException {
    return texts("SELECT DISTINCT tableoid::regclass::text FROM profilemesh_column_profiles");
  }

  private static YearMonth month(Instant instant) {
    return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
  }

  private static String suffix(YearMonth month) {
    return "_y%04dm%02d".formatted(month.getYear(), month.getMonthValue());
  }

  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
