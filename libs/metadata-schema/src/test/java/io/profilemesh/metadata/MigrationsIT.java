package io.profilemesh.metadata;

import static io.profilemesh.metadata.Databases.execute;
import static io.profilemesh.metadata.Databases.migrations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.profilemesh.metadata.Validation.Difference;
import io.profilemesh.metadata.Validation.Kind;
import io.profilemesh.stack.PostgresEndpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MigrationsIT {

  private static final int LATEST = MigrationScripts.latest();

  private final PostgresEndpoint database = Databases.fresh();
  private final Migrations migrations = migrations(database);

  @Test
  void shouldBringAnEmptyDatabaseToTheNewestVersion() {
    // given
    assertThat(migrations.status().current()).isZero();
    assertThat(migrations.status().pending()).hasSize(LATEST);

    // when
    ApplyResult result = migrations.apply(ApplyOptions.all());

    // then
    assertThat(result.before()).isZero();
    assertThat(result.after()).isEqualTo(LATEST);
    assertThat(result.steps())
        .extracting(ApplyResult.Step::script)
        .containsExactlyElementsOf(MigrationScripts.ALL);
    assertThat(migrations.status().current()).isEqualTo(LATEST);
    assertThat(migrations.status().pending()).isEmpty();
    assertThat(migrations.validate().differences()).isEmpty();
    assertThat(migrations.status().migrations())
        .allSatisfy(
            one ->
                assertThat(one.appliedAt())
                    .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now()));
  }

  @Test
  void shouldApplyNothingTwice() {
    // given
    migrations.apply(ApplyOptions.all());

    // when
    ApplyResult again = migrations.apply(ApplyOptions.all());

    // then
    assertThat(again.steps()).isEmpty();
    assertThat(again.after()).isEqualTo(LATEST);
  }

  @Test
  void shouldStopAtTheTargetAndReportTheRestAsPending() throws SQLException {
    // when
    ApplyResult result = migrations.apply(ApplyOptions.upTo(2));

    // then
    assertThat(result.after()).isEqualTo(2);
    assertThat(migrations.validate().differences())
        .extracting(Difference::kind)
        .containsOnly(Kind.PENDING_MIGRATION)
        .hasSize(LATEST - 2);
    try (Connection connection = database.connect()) {
      assertThat(SchemaSupport.check(connection).problem())
          .contains("version 2")
          .contains("profilemesh migrate apply");
    }
  }

  @Test
  void shouldLeaveNoTraceWhenRehearsed() throws SQLException {
    // when
    ApplyResult result = migrations.apply(ApplyOptions.rehearsal());

    // then
    assertThat(result.dryRun()).isTrue();
    assertThat(result.steps()).hasSize(LATEST);
    assertThat(result.steps().get(0).sql()).contains("CREATE TABLE profilemesh_runs");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_tables" + " WHERE schemaname = 'public'")) {
      rows.next();
      assertThat(rows.getInt(1)).isZero();
    }
    assertThat(migrations.status().current()).isZero();
  }

  @Test
  void shouldListStatementsThatCannotBeRehearsedAndShowErrorsOfTheOthers() {
    // given
    List<ScriptResources.Script> scripts =
        List.of(
            new ScriptResources.Script(
                "V1__create_things.sql",
                "CREATE TABLE profilemesh_things (a int);"
                    + "CREATE INDEX CONCURRENTLY i ON profilemesh_things (a);"));
    List<ScriptResources.Script> broken =
        List.of(new ScriptResources.Script("V1__create_things.sql", "CREATE TABEL x (a int)"));

    // when
    ApplyResult result = migrations(database, scripts).apply(ApplyOptions.rehearsal());

    // then
    assertThat(result.steps().get(0).notRehearsed())
        .containsExactly("CREATE INDEX CONCURRENTLY i ON profilemesh_things (a)");
    assertThatThrownBy(() -> migrations(database, broken).apply(ApplyOptions.rehearsal()))
        .isInstanceOf(MigrationRefusedException.class)
        .hasMessageContaining("42601");
  }

  @Test
  void shouldUndoAMigrationThatFailsAndKeepThoseBeforeIt() {
    // given
    List<ScriptResources.Script> scripts =
        List.of(
            new ScriptResources.Script(
                "V1__create_one.sql", "CREATE TABLE profilemesh_one (a int)"),
            new ScriptResources.Script(
                "V2__create_two.sql",
                "CREATE TABLE profilemesh_two (a int); SELECT * FROM nowhere;"));
    Migrations failing = migrations(database, scripts);

    // when / then
    assertThatThrownBy(() -> failing.apply(ApplyOptions.all()))
        .isInstanceOf(MigrationRefusedException.class)
        .hasMessageContaining("42P01");
    assertThat(failing.status().current()).isEqualTo(1);
    assertThat(failing.status().pending()).hasSize(1);
  }

  @Test
  void shouldLetOneOfManyApplyWhenAllBeginAtOnce() throws Exception {
    // given
    ExecutorService threads = Executors.newFixedThreadPool(5);
    List<Callable<ApplyResult>> applies = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      applies.add(() -> migrations(database).apply(ApplyOptions.all()));
    }

    // when
    int steps = 0;
    try {
      for (Future<ApplyResult> apply : threads.invokeAll(applies)) {
        steps += apply.get().steps().size();
      }
    } finally {
      threads.shutdownNow();
    }

    // then
    assertThat(steps).isEqualTo(LATEST);
    assertThat(migrations.validate().clean()).isTrue();
  }

  @Test
  void shouldNoticeAnEditedMigrationAndRefuseToGoOn() throws SQLException {
    // given
    migrations.apply(ApplyOptions.upTo(3));
    execute(
        database,
        "UPDATE profilemesh_schema_history SET checksum = checksum + 1 WHERE version = '2'");

    // when / then
    assertThat(migrations.validate().differences())
        .filteredOn(one -> one.kind() == Kind.CHANGED_MIGRATION)
        .extracting(Difference::subject)
        .containsExactly("V2__create_results.sql");
    assertThatThrownBy(() -> migrations.apply(ApplyOptions.all()))
        .isInstanceOf(MigrationRefusedException.class)
        .hasMessageContaining("V2__create_results.sql");
    assertThat(migrations.status().current()).isEqualTo(3);
  }

  @Test
  void shouldNameWhatIsMissingChangedAndUnexpected() throws SQLException {
    // given
    migrations.apply(ApplyOptions.all());
    execute(database, "DROP INDEX profilemesh_runs_newest");
    execute(database, "ALTER TABLE profilemesh_events ALTER COLUMN message SET NOT NULL");
    execute(database, "ALTER TABLE profilemesh_verdicts ADD COLUMN extra int");

    // when
    Validation validation = migrations.validate();

    // then
    assertThat(validation.differences())
        .extracting(Difference::kind, Difference::subject)
        .containsExactlyInAnyOrder(
            tuple(Kind.MISSING_OBJECT, "index profilemesh_runs_newest"),
            tuple(Kind.CHANGED_OBJECT, "column profilemesh_events.message"),
            tuple(Kind.UNEXPECTED_OBJECT, "column profilemesh_verdicts.extra"));
  }

  @Test
  void shouldRefuseToGoBack() {
    // given
    migrations.apply(ApplyOptions.all());

    // when / then
    assertThatThrownBy(() -> migrations.apply(ApplyOptions.upTo(2)))
        .isInstanceOf(MigrationRefusedException.class)
        .hasMessageContaining("backup");
  }

  @Test
  void shouldRefuseADatabaseOfANewerProgram() throws SQLException {
    // given
    List<ScriptResources.Script> newer = new ArrayList<>(ScriptResources.ofThisVersion().scripts());
    newer.add(
        new ScriptResources.Script(
            "V" + (LATEST + 1) + "__create_more.sql", "CREATE TABLE profilemesh_more (a int)"));
    migrations(database, newer).apply(ApplyOptions.all());

    // when / then
    assertThatThrownBy(() -> migrations.apply(ApplyOptions.all()))
        .isInstanceOf(MigrationRefusedException.class)
        .hasMessageContaining("version " + (LATEST + 1));
    assertThat(migrations.validate().differences())
        .extracting(Difference::kind)
        .contains(Kind.UNKNOWN_MIGRATION);
    try (Connection connection = database.connect()) {
      // The service of the version before works on, only migrating is the newer program's.
      assertThat(SchemaSupport.check(connection).supported()).isTrue();
    }
  }

  @Test
  void shouldRefuseADatabaseThatHasOtherTables() throws SQLException {
    // given
    execute(database, "CREATE TABLE orders (id int)");

    // when / then
    assertThatThrownBy(() -> migrations.apply(ApplyOptions.all()))
        .isInstanceOf(MigrationRefusedException.class)
        .hasMessageContaining("of its own");
  }

  @Test
  void shouldSayInOneSentenceThatNoDatabaseAnswers() {
    // given
    Migrations nowhere =
        Migrations.of("jdbc:postgresql://127.0.0.1:1/none?password=secret", "someone", "secret");

    // when / then
    assertThatThrownBy(nowhere::status)
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("127.0.0.1:1/none")
        .hasMessageNotContaining("secret")
        .hasNoCause();
    assertThatThrownBy(
            () -> Migrations.of(database.jdbcUrl() + "_missing", "postgres", "x").status())
        .isInstanceOf(DatabaseUnavailableException.class);
  }

  @Test
  void shouldShowItsVersionAsAView() throws SQLException {
    // given
    migrations.apply(ApplyOptions.all());

    // when
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT max(version), count(*), bool_and(applied_at > now() - interval '5 min'"
                    + " AND applied_at <= now() AND checksum IS NOT NULL)"
                    + " FROM profilemesh_schema_version")) {
      rows.next();

      // then
      assertThat(rows.getInt(1)).isEqualTo(LATEST);
      assertThat(rows.getInt(2)).isEqualTo(LATEST);
      assertThat(rows.getBoolean(3)).isTrue();
    }
  }

  @Test
  void shouldLeaveAllThatTheProgramOfTheReleaseBeforeUses() throws SQLException {
    // given
    migrations.apply(ApplyOptions.upTo(SchemaSupport.OLDEST_READABLE));
    SortedMap<String, String> before = shape();

    // when
    migrations.apply(ApplyOptions.all());
    SortedMap<String, String> after = shape();

    // then
    // No program from version 17 on names the key of events, which took in their instant.
    before.keySet().removeIf(name -> name.contains("profilemesh_events_pkey"));
    assertThat(wholeTables(after))
        .as("its tables, columns, keys and indexes")
        .containsAllEntriesOf(wholeTables(before));
    assertThat(after.entrySet())
        .filteredOn(added -> added.getKey().startsWith("column "))
        .filteredOn(added -> !before.containsKey(added.getKey()))
        .filteredOn(added -> before.containsKey(tableOf(added.getKey())))
        .as("columns it does not know in tables it writes")
        .allMatch(
            added ->
                !added.getValue().contains("not null") || added.getValue().contains("default"));
  }

  /** An index of a table in partitions is one of each of them. */
  private static SortedMap<String, String> wholeTables(SortedMap<String, String> shape) {
    shape.replaceAll((name, definition) -> definition.replace(" ON ONLY ", " ON "));
    return shape;
  }

  private SortedMap<String, String> shape() throws SQLException {
    try (Connection connection = database.connect()) {
      return DatabaseShape.of(connection);
    }
  }

  private static String tableOf(String column) {
    return column.replaceFirst("^column ", "table ").replaceFirst("[.][^.]*$", "");
  }

  @Test
  void shouldTellWhatWasDoneInOrder() {
    // given
    assertThat(migrations.history()).isEmpty();
    migrations.apply(ApplyOptions.upTo(2));

    // when
    List<HistoryEntry> history = migrations.history();

    // then
    assertThat(history)
        .extracting(HistoryEntry::version, HistoryEntry::script, HistoryEntry::success)
        .containsExactly(
            tuple("1", "V1__create_runs.sql", true), tuple("2", "V2__create_results.sql", true));
    assertThat(history.get(0).installedAt())
        .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
  }

  @Test
  void shouldPutTheHistoryInOrderWhenRepairing() throws SQLException {
    // given
    migrations.apply(ApplyOptions.upTo(3));
    execute(
        database,
        "UPDATE profilemesh_schema_history SET checksum = checksum + 1 WHERE version = '2'");
    execute(
        database,
        "INSERT INTO profilemesh_schema_history VALUES (4, '4', 'create verdicts', 'SQL',"
            + " 'V4__create_verdicts.sql', 1, 'someone', now(), 1, false)");
    assertThatThrownBy(() -> migrations.apply(ApplyOptions.all()))
        .isInstanceOf(MigrationRefusedException.class);

    // when
    RepairReport report = migrations.repair();

    // then
    assertThat(report.aligned()).containsExactly("V2__create_results.sql");
    assertThat(report.removed()).containsExactly("V4__create_verdicts.sql");
    assertThat(migrations.apply(ApplyOptions.all()).after()).isEqualTo(LATEST);
    assertThat(migrations.validate().differences()).isEmpty();
  }

  @Test
  void shouldGiveTablesThatLostTheirHistoryOneAgain() throws SQLException {
    // given
    migrations.apply(ApplyOptions.all());
    assertThatThrownBy(migrations::baseline)
        .isInstanceOf(MigrationRefusedException.class)
        .hasMessageContaining("has a history");
    execute(database, "DROP TABLE profilemesh_schema_history CASCADE");
    execute(database, "DROP INDEX profilemesh_runs_newest");
    assertThatThrownBy(migrations::baseline)
        .isInstanceOf(MigrationRefusedException.class)
        .hasMessageContaining("profilemesh_runs_newest");
    execute(
        database,
        "CREATE INDEX profilemesh_runs_newest ON profilemesh_runs"
            + " (requested_at DESC, run_id DESC, dataset_name DESC)");

    // when
    migrations.baseline();

    // then
    assertThat(migrations.status().current()).isEqualTo(LATEST);
    assertThat(migrations.status().migrations())
        .hasSize(LATEST)
        .extracting(Migration::state)
        .containsOnly(Migration.State.BASELINED);
    assertThat(migrations.validate().differences()).isEmpty();
    assertThat(migrations.apply(ApplyOptions.all()).steps()).isEmpty();
    try (Connection connection = database.connect()) {
      assertThat(SchemaSupport.check(connection).supported()).isTrue();
    }
  }
}
