package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.profilemesh.core.profile.Columns;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftCommandKind;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.VerdictOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of the schema lasts until it is accepted or taken back. */
class SchemaTopologyTest {

  private static final Profiles ORDERS = Profiles.orders();
  private static final Profiles WITHOUT_GIFT = ORDERS.withoutColumn("gift");

  @TempDir Path stateDir;

  private TopologyHarness mesh;

  @BeforeEach
  void start() {
    mesh = TopologyHarness.in(stateDir);
    mesh.send(run("a", 0, ORDERS));
    mesh.verdicts();
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  @Test
  void shouldStayOpenWhenNobodyAcceptsTheChange() {
    // when
    for (int day = 1; day <= 10; day++) {
      mesh.send(run("changed-" + day, day, WITHOUT_GIFT));
    }

    // then: told once, counted in every verdict
    List<RunVerdict> verdicts = mesh.verdicts();
    assertThat(mesh.events())
        .extracting(DriftEvent::getMetric, DriftEvent::getIncidentState)
        .containsExactly(tuple("column_removed", IncidentState.OPENED));
    assertThat(verdicts)
        .extracting(RunVerdict::getOutcome, RunVerdict::getHighFindings, v -> v.getOpenIncidents())
        .containsOnly(tuple(VerdictOutcome.DRIFT, 1, 1));
    assertThat(verdicts).flatExtracting(RunVerdict::getFindingIds).doesNotHaveDuplicates();
    var incidents = mesh.incidents();
    assertThat(incidents.get(9).getRuns()).isEqualTo(10);
    assertThat(incidents.get(9).getMessage())
        .isEqualTo(
            "orders: column gift (boolean) is gone, it was still there in the accepted schema"
                + " (until 2026-03-03 06:00 UTC).");
  }

  @Test
  void shouldBeOverWhenTheSchemaReturns() {
    // when
    mesh.send(
        run("b", 1, WITHOUT_GIFT),
        run("c", 2, WITHOUT_GIFT),
        run("d", 3, ORDERS),
        run("e", 4, ORDERS));

    // then
    assertThat(mesh.events())
        .extracting(DriftEvent::getIncidentState, DriftEvent::getColumn)
        .containsExactly(
            tuple(IncidentState.OPENED, "gift"), tuple(IncidentState.RESOLVED, "gift"));
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getOutcome)
        .containsExactly(
            VerdictOutcome.DRIFT,
            VerdictOutcome.DRIFT,
            VerdictOutcome.NO_DRIFT,
            VerdictOutcome.NO_DRIFT);
  }

  @Test
  void shouldTakeTheNewSchemaOverWhenAPersonAcceptsIt() {
    // given
    mesh.send(run("b", 1, WITHOUT_GIFT), run("c", 2, WITHOUT_GIFT));

    // when
    mesh.send(accept(2));
    mesh.send(run("d", 3, WITHOUT_GIFT), run("e", 4, ORDERS));

    // then: what was the schema before is a change now
    assertThat(mesh.events())
        .extracting(DriftEvent::getMetric, DriftEvent::getIncidentState)
        .containsExactly(
            tuple("column_removed", IncidentState.OPENED),
            tuple("column_removed", IncidentState.RESOLVED),
            tuple("column_added", IncidentState.OPENED));
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getOutcome)
        .containsExactly(
            VerdictOutcome.DRIFT,
            VerdictOutcome.DRIFT,
            VerdictOutcome.NO_DRIFT,
            VerdictOutcome.DRIFT);
  }

  @Test
  void shouldTakeTheNewSchemaOverWhenThePolicySaysSo() {
    // given
    mesh.sendPolicy(
        "patient",
        DriftPolicy.newBuilder().setPolicyId("patient").setAcceptSchemaAfterRuns(3).build());

    // when
    for (int day = 1; day <= 5; day++) {
      mesh.send(run("changed-" + day, day, WITHOUT_GIFT));
    }

    // then
    List<DriftEvent> events = mesh.events();
    assertThat(events)
        .extracting(DriftEvent::getIncidentState)
        .containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
    assertThat(events.get(1).getMessage())
        .isEqualTo(
            "gift of orders, schema: accepted as policy patient says: the incident of 2026-03-03"
                + " 06:00 UTC is over after 3 runs.");
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getOutcome)
        .containsExactly(
            VerdictOutcome.DRIFT,
            VerdictOutcome.DRIFT,
            VerdictOutcome.DRIFT,
            VerdictOutcome.NO_DRIFT,
            VerdictOutcome.NO_DRIFT);
  }

  @Test
  void shouldJudgeTheNewColumnWhenItsComingIsNotAcceptedYet() {
    // given
    Profiles wider = ORDERS.withColumn(Columns.texts("tier", 0.1, 6));

    // when
    mesh.send(
        run("b", 1, wider), run("c", 2, wider), run("d", 3, wider.withNullPercent("tier", 70)));

    // then
    assertThat(mesh.events())
        .extracting(DriftEvent::getMetric, DriftEvent::getColumn)
        .containsExactly(tuple("column_added", "tier"), tuple("null_percent", "tier"));
    assertThat(mesh.verdicts()).extracting(v -> v.getOpenIncidents()).containsExactly(1, 1, 2);
  }

  @Test
  void shouldGoOnWithARenameUntilTheNameReturns() {
    // given
    Profiles renamed = ORDERS.withRenamed("email", "mail");

    // when
    mesh.send(run("b", 1, renamed), run("c", 2, renamed), run("d", 3, ORDERS), run("e", 4, ORDERS));

    // then
    assertThat(mesh.events())
        .extracting(DriftEvent::getMetric, DriftEvent::getColumn, DriftEvent::getIncidentState)
        .containsExactly(
            tuple("column_renamed", "mail", IncidentState.OPENED),
            tuple("column_renamed", "mail", IncidentState.RESOLVED));
    assertThat(mesh.verdicts()).extracting(v -> v.getOpenIncidents()).containsExactly(1, 1, 0, 0);
  }

  @Test
  void shouldKeepOneIncidentForAColumnThatComesAndGoes() {
    // when: a table that is rebuilt with another extra column each time
    for (int day = 1; day <= 20; day++) {
      mesh.send(run("run-" + day, day, ORDERS.withColumn(Columns.texts("extra_" + day, 0.1, day))));
    }

    // then: only the newest is open
    assertThat(mesh.verdicts()).extracting(v -> v.getOpenIncidents()).containsOnly(1);
  }

  @Test
  void shouldRememberTheAcceptedSchemaWhenTheServiceStartsAgain(@TempDir Path elsewhere) {
    // given
    mesh.send(run("b", 1, WITHOUT_GIFT));
    TopologyHarness before = mesh;

    // when
    mesh = TopologyHarness.in(elsewhere);
    mesh.restoreFrom(before);
    before.close();
    mesh.send(run("c", 2, WITHOUT_GIFT), run("d", 3, ORDERS));

    // then
    assertThat(mesh.events())
        .extracting(DriftEvent::getIncidentState)
        .containsExactly(IncidentState.RESOLVED);
    assertThat(mesh.verdicts()).extracting(v -> v.getOpenIncidents()).containsExactly(1, 0);
  }

  @Test
  void shouldCompareALateRunWithTheSchemaOfItsTime() {
    // given
    mesh.send(run("c", 2, WITHOUT_GIFT));

    // when
    mesh.send(run("late", 1, ORDERS));

    // then
    assertThat(mesh.verdicts().get(1))
        .returns(VerdictOutcome.NO_DRIFT, RunVerdict::getOutcome)
        .returns(1, RunVerdict::getOpenIncidents);
  }

  private static DriftCommand accept(int day) {
    return DriftCommand.newBuilder()
        .setCommandId(UUID.randomUUID().toString())
        .setKind(DriftCommandKind.ACCEPT_SCHEMA)
        .setDatasetId("shop/public/orders")
        .setActor("ada")
        .setIssuedAt(WireProfiles.day(day))
        .build();
  }

  private static TableProfile run(String name, int day, Profiles profiles) {
    return WireProfiles.whole(profiles.withRun(name).withScannedAt(WireProfiles.day(day)));
  }
}
