package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.profilemesh.core.profile.Profiles;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.Severity;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.VerdictOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentsTopologyTest {

  private static final Profiles ORDERS = Profiles.orders();
  private static final Profiles LOSSY = ORDERS.withNullPercent("email", 60);

  @TempDir Path stateDir;

  private TopologyHarness mesh;

  @BeforeEach
  void start() {
    mesh = TopologyHarness.in(stateDir);
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  @Test
  void shouldOpenAnIncidentWhenDriftIsFound() {
    // when
    mesh.send(run("a", 0, ORDERS), run("b", 1, LOSSY));

    // then
    DriftEvent event = mesh.events().get(0);
    Incident incident = mesh.incidents().get(0);
    RunVerdict verdict = mesh.verdicts().get(1);
    assertThat(event.getIncidentState()).isEqualTo(IncidentState.OPENED);
    assertThat(event.getIncidentId()).matches("[0-9a-f]{32}").isEqualTo(incident.getIncidentId());
    assertThat(incident.getState()).isEqualTo(IncidentState.OPENED);
    assertThat(incident.getMetricGroup()).isEqualTo("completeness");
    assertThat(incident.getColumn()).isEqualTo("email");
    assertThat(incident.getFirstEventId()).isEqualTo(event.getEventId());
    assertThat(incident.getFirstRunId()).isEqualTo(event.getRunId());
    assertThat(incident.getHighestSeverity()).isEqualTo(Severity.HIGH);
    assertThat(incident.getOwner()).isEqualTo("shop-team");
    assertThat(incident.getMessage()).isEqualTo(event.getMessage());
    assertThat(verdict.getOpenIncidents()).isEqualTo(1);
    assertThat(verdict.getFindingIds()).containsExactly(event.getEventId());
  }

  @Test
  void shouldKeyIncidentsByThemselvesWhenTheyAreWritten() {
    // when
    mesh.send(run("a", 0, ORDERS), run("b", 1, LOSSY));

    // then
    TestRecord<byte[], byte[]> record = mesh.raw(TopologyHarness.TOPICS.incidents()).get(0);
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).matches("[0-9a-f]{32}");
    assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
        .isEqualTo("io.profilemesh.Incident");
  }

  @Test
  void shouldNotPageAgainWhenTheSameDriftGoesOnAgainstAPinnedRun() {
    // given
    mesh.send(run("a", 0, ORDERS));

    // when
    for (int day = 1; day <= 5; day++) {
      mesh.send(pinned("bad-" + day, day, LOSSY, "a"));
    }

    // then
    List<RunVerdict> verdicts = mesh.verdicts();
    assertThat(mesh.events())
        .extracting(DriftEvent::getIncidentState)
        .containsExactly(IncidentState.OPENED);
    assertThat(verdicts.subList(1, 6))
        .extracting(RunVerdict::getOutcome, RunVerdict::getHighFindings, v -> v.getOpenIncidents())
        .containsOnly(tuple(VerdictOutcome.DRIFT, 1, 1));
    assertThat(verdicts.subList(1, 6))
        .flatExtracting(RunVerdict::getFindingIds)
        .doesNotHaveDuplicates()
        .hasSize(5);
    assertThat(mesh.incidents())
        .extracting(Incident::getRevision, Incident::getRuns)
        .containsExactly(tuple(1L, 1), tuple(2L, 2), tuple(3L, 3), tuple(4L, 4), tuple(5L, 5));
  }

  @Test
  void shouldResolveOnceWhenTheLoadIsMended() {
    // given
    mesh.send(run("a", 0, ORDERS), pinned("b", 1, LOSSY, "a"));

    // when
    mesh.send(pinned("c", 2, ORDERS, "a"), pinned("d", 3, ORDERS, "a"));

    // then
    List<DriftEvent> events = mesh.events();
    List<Incident> incidents = mesh.incidents();
    assertThat(events)
        .extracting(DriftEvent::getIncidentState)
        .containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
    assertThat(events.get(1).getMessage())
        .startsWith("email of orders, completeness: null_percent is 2, within the 0 to ")
        .endsWith(" expected; the incident of 2026-03-03 06:00 UTC is over after 1 run.");
    assertThat(events.get(1).getEventId()).isEqualTo(incidents.get(1).getLastEventId());
    assertThat(incidents.get(1).getState()).isEqualTo(IncidentState.RESOLVED);
    assertThat(incidents.get(1).getResolvedAt()).isNotNull();
    assertThat(mesh.verdicts()).extracting(v -> v.getOpenIncidents()).containsExactly(0, 1, 0, 0);
  }

  @Test
  void shouldResolveWithTheFindingWhenTheWayBackIsADrift() {
    // when: each run is compared with the one before
    mesh.send(run("a", 0, ORDERS), run("b", 1, LOSSY), run("c", 2, ORDERS));

    // then
    List<DriftEvent> events = mesh.events();
    assertThat(events)
        .extracting(DriftEvent::getIncidentState)
        .containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
    assertThat(events.get(1).getIncidentId()).isEqualTo(events.get(0).getIncidentId());
    assertThat(mesh.verdicts().get(2).getFindingIds()).containsExactly(events.get(1).getEventId());
  }

  @Test
  void shouldTellAgainWhenTheDriftGrows() {
    // given
    mesh.send(run("a", 0, ORDERS), pinned("b", 1, ORDERS.withNullPercent("email", 12), "a"));

    // when
    mesh.send(pinned("c", 2, LOSSY, "a"));

    // then
    assertThat(mesh.events())
        .extracting(DriftEvent::getIncidentState, DriftEvent::getSeverity)
        .containsExactly(
            tuple(IncidentState.OPENED, Severity.LOW), tuple(IncidentState.UPDATED, Severity.HIGH));
  }

  @Test
  void shouldLeaveTheOpenIncidentWhenALateRunIsFine() {
    // given
    mesh.send(run("a", 0, ORDERS), pinned("c", 2, LOSSY, "a"));

    // when
    mesh.send(pinned("b", 1, ORDERS, "a"));

    // then
    assertThat(mesh.events()).hasSize(1);
    RunVerdict late = mesh.verdicts().get(2);
    assertThat(late.getOutcome()).isEqualTo(VerdictOutcome.NO_DRIFT);
    assertThat(late.getOpenIncidents()).isEqualTo(1);
  }

  @Test
  void shouldNameTheIncidentsOfRunsThatAreNotEvaluatedAsOpen() {
    // given
    mesh.send(run("a", 0, ORDERS), pinned("b", 1, LOSSY, "a"));

    // when
    mesh.send(pinned("c", 2, ORDERS, "never"));

    // then
    RunVerdict last = mesh.verdicts().get(2);
    assertThat(last.getOutcome()).isEqualTo(VerdictOutcome.NOT_EVALUATED);
    assertThat(last.getOpenIncidents()).isEqualTo(1);
    assertThat(mesh.events()).hasSize(1);
  }

  @Test
  void shouldDoNothingTwiceWhenARunComesAgain() {
    // given
    TableProfile bad = run("b", 1, LOSSY);
    mesh.send(run("a", 0, ORDERS), bad);

    // when
    mesh.send(bad, bad);

    // then
    assertThat(mesh.events()).hasSize(1);
    assertThat(mesh.incidents()).hasSize(1);
  }

  @Test
  void shouldTakeUpWhereItWasWhenTheServiceStartsAgain(@TempDir Path elsewhere) {
    // given
    mesh.send(run("a", 0, ORDERS), pinned("b", 1, LOSSY, "a"));
    String incident = mesh.events().get(0).getIncidentId();
    TopologyHarness before = mesh;

    // when
    mesh = TopologyHarness.in(elsewhere);
    mesh.restoreFrom(before);
    before.close();
    mesh.send(pinned("c", 2, LOSSY, "a"), pinned("d", 3, ORDERS, "a"));

    // then
    assertThat(mesh.events())
        .extracting(DriftEvent::getIncidentId, DriftEvent::getIncidentState)
        .containsExactly(tuple(incident, IncidentState.RESOLVED));
  }

  @Test
  void shouldBuryIncidentsWhenTheyWereResolvedLongAgo() {
    // given
    mesh.send(run("a", 0, ORDERS), pinned("b", 1, LOSSY, "a"), pinned("c", 2, ORDERS, "a"));
    byte[] key = mesh.raw(TopologyHarness.TOPICS.incidents()).get(0).key();

    // when
    mesh.send(pinned("d", 91, ORDERS, "a"), pinned("e", 94, ORDERS, "a"));

    // then
    assertThat(mesh.raw(TopologyHarness.TOPICS.incidents()))
        .singleElement()
        .satisfies(
            tombstone -> {
              assertThat(tombstone.key()).isEqualTo(key);
              assertThat(tombstone.value()).isNull();
            });
    try (var rest = mesh.driver().getKeyValueStore("incidents").all()) {
      assertThat(rest.hasNext()).isFalse();
    }
  }

  @Test
  void shouldWriteTheSameIncidentsWhenTheLogIsReplayed(@TempDir Path secondDir) {
    // given
    List<TableProfile> log = new ArrayList<>();
    for (int day = 0; day < 12; day++) {
      log.add(run("run-" + day, day, day % 4 > 1 ? LOSSY : ORDERS));
    }

    // when
    List<String> first = incidents(mesh, log);
    List<String> second;
    try (TopologyHarness replay = TopologyHarness.in(secondDir)) {
      second = incidents(replay, log);
    }

    // then
    assertThat(first).hasSizeGreaterThan(4).isEqualTo(second);
  }

  private static List<String> incidents(TopologyHarness mesh, List<TableProfile> log) {
    log.forEach(mesh::send);
    List<String> outputs = new ArrayList<>();
    for (var topic :
        List.of(TopologyHarness.TOPICS.incidents(), TopologyHarness.TOPICS.driftEvents())) {
      for (TestRecord<byte[], byte[]> record : mesh.raw(topic)) {
        outputs.add(
            new String(record.key(), StandardCharsets.UTF_8)
                + HexFormat.of().formatHex(record.value()));
      }
    }
    return outputs;
  }

  private static TableProfile run(String name, int day, Profiles profiles) {
    return WireProfiles.whole(profiles.withRun(name).withScannedAt(WireProfiles.day(day)));
  }

  private static TableProfile pinned(String name, int day, Profiles profiles, String baseline) {
    TableProfile profile = run(name, day, profiles);
    profile.setBaseline(
        new io.profilemesh.schema.BaselineChoice(
            io.profilemesh.schema.BaselineStrategy.PINNED,
            ORDERS.withRun(baseline).build().runId().toString()));
    return profile;
  }
}
