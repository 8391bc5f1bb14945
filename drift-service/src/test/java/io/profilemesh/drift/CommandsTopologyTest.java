package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.Profiles;
import io.profilemesh.schema.BaselineStrategy;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftCommandKind;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.Feedback;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.NotEvaluated;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.VerdictOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTopologyTest {

  private static final Profiles ORDERS = Profiles.orders();
  private static final Profiles LOSSY = ORDERS.withNullPercent("email", 60);

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
  void shouldCompareWithThePinnedRunUntilItIsUnpinned() {
    // given
    mesh.send(command(DriftCommandKind.PIN, 1).setRunId(id("a")).build());
    mesh.send(run("b", 2, LOSSY), run("c", 3, LOSSY));

    // when
    mesh.send(command(DriftCommandKind.UNPIN, 4).build());
    mesh.send(run("d", 5, LOSSY));

    // then
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getStrategy)
        .startsWith(BaselineStrategy.PINNED, BaselineStrategy.PINNED)
        .last()
        .isNotEqualTo(BaselineStrategy.PINNED);
  }

  @Test
  void shouldRememberThePinnedRunHoweverOldItIs() {
    // given
    mesh.send(command(DriftCommandKind.PIN, 1).setRunId(id("a")).build());

    // when
    for (int day = 2; day < 70; day++) {
      mesh.send(run("run-" + day, day, ORDERS));
    }

    // then
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getOutcome)
        .containsOnly(VerdictOutcome.NO_DRIFT);
  }

  @Test
  void shouldWriteDownWhoCaresWhenAnIncidentIsTaken() {
    // given
    String incident = incident();

    // when
    mesh.send(
        command(DriftCommandKind.ACKNOWLEDGE, 2).setIncidentId(incident).build(),
        command(DriftCommandKind.ASSIGN, 2).setIncidentId(incident).setAssignee("grace").build());

    // then
    List<Incident> incidents = mesh.incidents();
    Incident last = incidents.get(incidents.size() - 1);
    assertThat(last.getAcknowledgedBy()).isEqualTo("ada");
    assertThat(last.getAssignee()).isEqualTo("grace");
    assertThat(last.getState()).isEqualTo(IncidentState.OPENED);
    assertThat(last.getRevision()).isEqualTo(3);
    assertThat(last.getUpdatedAt()).isEqualTo(WireProfiles.day(2));
    assertThat(mesh.events()).hasSize(1);
  }

  @Test
  void shouldTellNobodyWhenADatasetIsMuted() {
    // given
    mesh.send(command(DriftCommandKind.MUTE, 1).setUntil(WireProfiles.day(3)).build());

    // when
    mesh.send(run("b", 2, LOSSY));

    // then
    assertThat(mesh.events()).isEmpty();
    assertThat(mesh.incidents()).hasSize(1);
    assertThat(mesh.verdicts().get(0).getOutcome()).isEqualTo(VerdictOutcome.DRIFT);
  }

  @Test
  void shouldTellAgainWhenTheMuteIsTakenBack() {
    // given
    mesh.send(command(DriftCommandKind.MUTE, 1).setUntil(WireProfiles.day(30)).build());

    // when
    mesh.send(command(DriftCommandKind.MUTE, 1).build());
    mesh.send(run("b", 2, LOSSY));

    // then
    assertThat(mesh.events()).hasSize(1);
  }

  @Test
  void shouldTolerateTheLikeWhenAChangeWasExpected() {
    // given
    mesh.send(command(DriftCommandKind.PIN, 0).setRunId(id("a")).build());
    String incident = incident();

    // when
    mesh.send(feedback(incident, Feedback.EXPECTED));
    mesh.send(run("c", 3, LOSSY));

    // then
    assertThat(mesh.events())
        .extracting(DriftEvent::getIncidentState)
        .containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
    RunVerdict verdict = mesh.verdicts().get(1);
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.NO_DRIFT);
    assertThat(verdict.getNotEvaluated())
        .extracting(NotEvaluated::getCode)
        .contains("TOLERATED_BY_FEEDBACK");
  }

  @Test
  void shouldKeepAConfirmedFaultOutOfBaselines() {
    // given
    String incident = incident();

    // when
    mesh.send(feedback(incident, Feedback.CONFIRMED));
    mesh.send(run("c", 3, LOSSY));

    // then
    RunVerdict verdict = mesh.verdicts().get(1);
    assertThat(verdict.getBaselineRunIds()).containsExactly(id("a"));
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.DRIFT);
    assertThat(mesh.events()).as("it is the same incident").hasSize(1);
  }

  @Test
  void shouldAcceptASchemaWhenSomebodySaysSo() {
    // given
    mesh.send(command(DriftCommandKind.PIN, 0).setRunId(id("a")).build());
    mesh.send(run("b", 1, ORDERS.withoutColumn("gift")));

    // when
    mesh.send(command(DriftCommandKind.ACCEPT_SCHEMA, 2).build());
    mesh.send(run("c", 3, ORDERS.withoutColumn("gift")));

    // then
    assertThat(mesh.events())
        .extracting(DriftEvent::getIncidentState)
        .containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
    assertThat(mesh.verdicts().get(1).getOutcome()).isEqualTo(VerdictOutcome.NO_DRIFT);
  }

  @Test
  void shouldDoACommandOnceWhenItComesTwice() {
    // given
    DriftCommand command =
        command(DriftCommandKind.ACKNOWLEDGE, 2).setIncidentId(incident()).build();

    // when
    mesh.send(command, command);

    // then
    assertThat(mesh.incidents()).extracting(Incident::getRevision).containsExactly(1L, 2L);
  }

  @Test
  void shouldRefuseWhatSpeaksOfNoIncident() {
    // when
    mesh.send(
        command(DriftCommandKind.ACKNOWLEDGE, 2)
            .setIncidentId("0123456789abcdef0123456789abcdef")
            .build());

    // then
    assertThat(mesh.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getCode()).isEqualTo("INVALID_RECORD");
              assertThat(letter.getMessage()).isEqualTo("The dataset has no such incident.");
            });
  }

  @Test
  void shouldForgetADatasetWhenTold() {
    // given
    incident();
    mesh.incidents();

    // when
    mesh.send(command(DriftCommandKind.FORGET, 2).build());
    mesh.send(run("c", 3, ORDERS));

    // then
    assertThat(mesh.raw(TopologyHarness.TOPICS.incidents()))
        .singleElement()
        .satisfies(tombstone -> assertThat(tombstone.value()).isNull());
    assertThat(mesh.verdicts().get(1).getNotEvaluated())
        .extracting(NotEvaluated::getCode)
        .containsExactly("FIRST_RUN");
  }

  @Test
  void shouldGoOnWithNeighboursWhenACommandIsBad() {
    // when
    mesh.sendCommandBytes("shop/public/orders", "no avro at all".getBytes(StandardCharsets.UTF_8));
    mesh.send(command(DriftCommandKind.PIN, 1).setRunId(id("a")).build());
    mesh.send(run("b", 2, ORDERS));

    // then
    assertThat(mesh.deadLetters())
        .extracting(DeadLetter::getCode)
        .containsExactly("NOT_AVRO_WIRE_FORMAT");
    assertThat(mesh.verdicts().get(0).getStrategy()).isEqualTo(BaselineStrategy.PINNED);
  }

  /** Opens an incident on day 1. */
  private String incident() {
    mesh.send(run("b", 1, LOSSY));
    try (var known =
        mesh.driver()
            .<io.profilemesh.drift.store.IncidentSlot, io.profilemesh.drift.store.KnownIncidents>
                getKeyValueStore("incidents")
            .all()) {
      return known.next().value.incidents().get(0).id();
    }
  }

  private static DriftCommand feedback(String incident, Feedback feedback) {
    return command(DriftCommandKind.FEEDBACK, 2)
        .setIncidentId(incident)
        .setFeedback(feedback)
        .build();
  }

  private static DriftCommand.Builder command(DriftCommandKind kind, int day) {
    Instant when = WireProfiles.day(day);
    return DriftCommand.newBuilder()
        .setCommandId(UUID.randomUUID().toString())
        .setKind(kind)
        .setDatasetId("shop/public/orders")
        .setActor("ada")
        .setIssuedAt(when);
  }

  private static TableProfile run(String name, int day, Profiles profiles) {
    return WireProfiles.whole(profiles.withRun(name).withScannedAt(WireProfiles.day(day)));
  }

  private static String id(String run) {
    return ORDERS.withRun(run).build().runId().toString();
  }
}
