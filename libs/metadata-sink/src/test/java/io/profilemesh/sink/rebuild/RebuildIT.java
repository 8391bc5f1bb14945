package io.profilemesh.sink.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.retention.Retention;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.Severity;
import io.profilemesh.sink.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RebuildIT {

  /** Tables that hold data of their own, or what a rebuild works with. */
  private static final Set<String> KEPT =
      Set.of(
          "profilemesh_schema_history",
          "profilemesh_sink_progress",
          "profilemesh_users",
          "profilemesh_api_keys",
          "profilemesh_sessions",
          "profilemesh_grants",
          "profilemesh_audit_logs",
          "profilemesh_query_history",
          "profilemesh_table_notes",
          "profilemesh_column_notes",
          "profilemesh_policy_versions",
          "profilemesh_retention");

  private static final String HISTORY =
      "SELECT h::text FROM profilemesh_query_history h ORDER BY 1";

  private final RebuildFixture mesh = RebuildFixture.create();

  @AfterEach
  void close() {
    mesh.close();
  }

  @Test
  void shouldKnowOfEveryTableWhetherItIsDerived() throws SQLException {
    List<String> tables =
        mesh.query(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                + " AND relkind IN ('r', 'p') AND NOT relispartition");

    List<String> known = new ArrayList<>(DerivedTables.ALL);
    known.addAll(KEPT);
    assertThat(known)
        .as("a new table belongs to DerivedTables.ALL, or here if the topics do not make it")
        .containsExactlyInAnyOrderElementsOf(tables);
  }

  @Test
  void shouldPutEqualTablesInPlaceWhileTheSinkWorks() throws Exception {
    // given
    fill(0, 14);
    mesh.store();
    Map<String, List<String>> before = mesh.rows();
    String role = "reader" + System.nanoTime();
    mesh.execute("CREATE ROLE " + role, "GRANT SELECT ON profilemesh_runs TO " + role);
    try (Connection service = mesh.endpoint.connect();
        Statement statement = service.createStatement()) {
      assertThat(statement.executeQuery("SELECT * FROM profilemesh_runs").next()).isTrue();

      // when
      RebuildResult result = mesh.rebuild(storingMeanwhile()).run(RebuildOptions.standard());

      // then
      assertThat(result.replaced()).isTrue();
      assertThat(result.resumed()).isFalse();
      assertThat(result.leftBehind()).isNull();
      assertThat(result.tables()).allMatch(RebuildResult.TableComparison::equal);
      assertThat(result.tables())
          .filteredOn(one -> one.rowsAfter() > 0)
          .extracting(RebuildResult.TableComparison::table)
          .contains(
              "profilemesh_runs",
              "profilemesh_column_profiles",
              "profilemesh_profile_sketches",
              "profilemesh_profile_parts");
      assertThat(statement.executeQuery("SELECT * FROM profilemesh_runs").next()).isTrue();
    }
    Map<String, List<String>> after = mesh.rows();
    assertThat(after.get("profilemesh_runs")).containsAll(before.get("profilemesh_runs"));
    assertThat(after.get("profilemesh_runs")).hasSizeGreaterThan(14);
    assertThat(
            mesh.query(
                "SELECT has_table_privilege('%s', 'profilemesh_runs', 'SELECT')".formatted(role)))
        .containsExactly("t");
    assertThat(mesh.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'public\\_%'"))
        .isEmpty();
    assertThat(
            Migrations.of(
                    mesh.endpoint.jdbcUrl(), mesh.endpoint.username(), mesh.endpoint.password())
                .validate()
                .differences())
        .isEmpty();
    mesh.execute("DROP OWNED BY " + role, "DROP ROLE " + role);

    // and what comes later finds its place
    fill(100, 3);
    mesh.store();
    assertThat(mesh.rebuild(RebuildListener.silent()).run(compareOnly()).equal()).isTrue();
  }

  @Test
  void shouldMakeTheSameRowsInAnEmptyDatabase() throws Exception {
    // given
    fill(0, 9);
    mesh.store();

    // when
    RebuildFixture restored = mesh.inAnEmptyDatabase();
    restored.store();

    // then
    assertThat(restored.rows()).isEqualTo(mesh.rows());
    assertThat(restored.rows().get("profilemesh_runs")).hasSize(9);
    restored.close();
  }

  @Test
  void shouldMendWhatWasDamagedAndSayWhatDiffered() throws Exception {
    // given
    fill(0, 12);
    mesh.store();
    Map<String, List<String>> intact = mesh.rows();
    List<String> history = mesh.query(HISTORY);
    mesh.execute(
        "DELETE FROM profilemesh_column_profiles WHERE column_name = 'column_0'",
        "UPDATE profilemesh_runs SET row_count = row_count + 1",
        "INSERT INTO profilemesh_column_notes (source, schema_name, table_name, column_name,"
            + " description, edited_at, revision, search)"
            + " VALUES ('shop', 'public', 'table_0', 'column_0', 'A note.', now(), 1, '')");

    // when
    RebuildResult compared = mesh.rebuild(RebuildListener.silent()).run(compareOnly());
    Map<String, List<String>> still = mesh.rows();
    RebuildResult mended = mesh.rebuild(RebuildListener.silent()).run(RebuildOptions.standard());

    // then
    assertThat(compared.replaced()).isFalse();
    assertThat(still).isNotEqualTo(intact);
    assertThat(mended.tables())
        .filteredOn(one -> !one.equal())
        .extracting(RebuildResult.TableComparison::table)
        .containsExactly("profilemesh_runs", "profilemesh_column_profiles");
    assertThat(mesh.rows()).isEqualTo(intact);
    assertThat(history).hasSize(2 * 10);
    assertThat(mesh.query(HISTORY)).isEqualTo(history);
    assertThat(
            mesh.query(
                "SELECT description FROM profilemesh_columns"
                    + " WHERE table_name = 'table_0' AND column_name = 'column_0'"))
        .containsExactly("A note.");
  }

  @Test
  void shouldGoOnWhereItWasKilled() throws Exception {
    // given
    fill(0, 14);
    mesh.store();
    Map<String, List<String>> intact = mesh.rows();

    // when
    for (String point : List.of("progress", "making", "comparing", "switching")) {
      assertThat(RebuildProcess.killedAt(mesh, point)).isEqualTo(RebuildProcess.KILLED);
      assertThat(mesh.rows()).isEqualTo(intact);
    }
    RebuildResult result = mesh.rebuild(RebuildListener.silent()).run(RebuildOptions.standard());

    // then
    assertThat(result.resumed()).isTrue();
    assertThat(result.records()).isZero();
    assertThat(result.equal()).isTrue();
    assertThat(mesh.rows()).isEqualTo(intact);
  }

  @Test
  void shouldRefuseALogThatBeginsLaterUnlessTold() throws Exception {
    // given
    fill(0, 12);
    mesh.store();
    mesh.forget(mesh.topics.runEvents().name(), 3);
    Map<String, List<String>> before = mesh.rows();

    // when / then
    assertThatThrownBy(() -> mesh.rebuild(RebuildListener.silent()).run(RebuildOptions.standard()))
        .isInstanceOf(RebuildRefusedException.class)
        .hasMessageContaining("run-events")
        .hasMessageContaining("begins at offset 3")
        .hasMessageContaining("--partial");
    assertThat(mesh.rows()).isEqualTo(before);
    RebuildResult partial =
        mesh.rebuild(RebuildListener.silent()).run(new RebuildOptions(true, false, false));
    assertThat(partial.equal()).isFalse();
    assertThat(mesh.rows().get("profilemesh_events"))
        .hasSizeLessThan(before.get("profilemesh_events").size());

    // and from then on the tables remember no more than the log has
    assertThat(mesh.rebuild(RebuildListener.silent()).run(RebuildOptions.standard()).equal())
        .isTrue();
  }

  @Test
  void shouldNotMakeAgainWhatRetentionHasDropped() throws Exception {
    // given
    fill(0, 6);
    mesh.store();
    Map<String, List<String>> before = mesh.rows();
    try (Connection connection = mesh.endpoint.connect()) {
      Instant later = Samples.NOON.plus(Duration.ofDays(400));
      for (MonthlyTable table : List.of(MonthlyTable.RESULTS, MonthlyTable.EVENTS)) {
        Retention.keep(connection, table, 30, "test", later);
      }
      Retention.apply(connection, later, "test", dropped -> {});
    }
    assertThat(mesh.rows().get("profilemesh_events")).isEmpty();
    List<String> steps = new ArrayList<>();
    RebuildListener listener =
        new RebuildListener() {
          @Override
          public void step(String sentence) {
            steps.add(sentence);
          }

          @Override
          public void progress(long done, long total) {}
        };

    // when
    RebuildResult compared = mesh.rebuild(listener).run(compareOnly());
    RebuildResult rebuilt = mesh.rebuild(listener).run(RebuildOptions.standard());

    // then
    assertThat(compared.equal()).isTrue();
    assertThat(rebuilt.equal()).isTrue();
    assertThat(steps).anyMatch(step -> step.contains("retention has dropped: results from before"));
    assertThat(mesh.rows().get("profilemesh_column_profiles")).isEmpty();
    assertThat(mesh.rows().get("profilemesh_events")).isEmpty();
    assertThat(mesh.rows().get("profilemesh_runs")).isEqualTo(before.get("profilemesh_runs"));
    assertThat(mesh.rows().get("profilemesh_profile_sketches"))
        .isNotEmpty()
        .isEqualTo(before.get("profilemesh_profile_sketches"));
  }

  @Test
  void shouldRefuseToReplaceWhatOthersReferTo() throws Exception {
    // given
    fill(0, 2);
    mesh.store();
    mesh.execute(
        "CREATE TABLE notes (run_id uuid, dataset_name text COLLATE \"C\", note text,"
            + " FOREIGN KEY (run_id, dataset_name) REFERENCES profilemesh_runs)");

    // when / then
    assertThatThrownBy(() -> mesh.rebuild(RebuildListener.silent()).run(RebuildOptions.standard()))
        .isInstanceOf(RebuildRefusedException.class)
        .hasMessageContaining("notes");
  }

  private static RebuildOptions compareOnly() {
    return new RebuildOptions(false, false, true);
  }

  /** Further records come and are stored while the tables are rebuilt and compared. */
  private RebuildListener storingMeanwhile() {
    return new RebuildListener() {
      private int from = 50;

      @Override
      public void step(String sentence) {
        try {
          fill(from, 2);
          from += 2;
          mesh.store();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void progress(long done, long total) {}
    };
  }

  private void fill(int first, int runs) {
    for (int i = first; i < first + runs; i++) {
      Samples run =
          new Samples(
              DatasetId.of("shop", "public", "table_" + i % 5),
              "00000000-0000-4000-8000-%012d".formatted(i),
              Samples.NOON.plus(Duration.ofMinutes(i)));
      mesh.write(
          mesh.topics.runEvents().name(),
          run.event(RunEventType.ACCEPTED, 1, 0),
          run.event(RunEventType.STARTED, 1, 1));
      mesh.write(mesh.topics.tableProfiles().name(), run.profilePart(1, 0, 2));
      if (i % 7 != 3) {
        mesh.write(mesh.topics.tableProfiles().name(), run.profilePart(1, 1, 2));
        mesh.write(mesh.topics.runEvents().name(), run.event(RunEventType.COMPLETED, 1, 2));
        mesh.write(mesh.topics.runVerdicts().name(), run.verdict());
        mesh.write(
            mesh.topics.driftEvents().name(),
            run.drift(Severity.HIGH, "mean"),
            run.drift(Severity.LOW, "null_percent"));
      }
      mesh.writeRaw(mesh.topics.driftEvents().name(), run.datasetId(), new byte[] {1, 2, 3});
    }
  }
}
