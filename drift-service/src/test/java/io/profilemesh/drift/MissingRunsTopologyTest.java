package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.Profiles;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftKind;
import io.profilemesh.schema.Expectation;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.ScheduleCommandKind;
import io.profilemesh.schema.TableProfile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test's clock stands at day 0 when it begins. */
class MissingRunsTopologyTest {

  private static final Profiles ORDERS = Profiles.orders();

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
  void shouldTellOnceWhenARunDoesNotCome() {
    // given
    mesh.send(due(WireProfiles.day(1)));

    // when
    pass(Duration.ofDays(1).plusMinutes(59));
    List<DriftEvent> early = mesh.events();
    pass(Duration.ofMinutes(2));
    pass(Duration.ofDays(3));

    // then
    assertThat(early).isEmpty();
    DriftEvent event = mesh.events().get(0);
    assertThat(event.getKind()).isEqualTo(DriftKind.MISSING_RUN);
    assertThat(event.getIncidentState()).isEqualTo(IncidentState.OPENED);
    assertThat(event.getRunId()).isEmpty();
    assertThat(event.getOwner()).isEqualTo("shop-team");
    assertThat(event.getTags()).containsExactly("shop", "daily");
    assertThat(event.getDashboardUrl()).as("none is configured").isNull();
    assertThat(event.getProfiledAt()).isEqualTo(WireProfiles.day(1));
    assertThat(event.getMessage())
        .isEqualTo(
            "orders: the run that was due at 2026-03-03 06:00 UTC did not come, 61 minutes after"
                + " that.");
    assertThat(mesh.incidents())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.getMetricGroup()).isEqualTo("missing_run");
              assertThat(one.getOwner()).isEqualTo("shop-team");
            });
  }

  @Test
  void shouldLinkToTheDashboardWhenThereIsOne(@TempDir Path elsewhere) {
    // given
    mesh.close();
    mesh = TopologyHarness.withDashboard(elsewhere, URI.create("https://mesh.example.com/ui"));
    mesh.send(due(WireProfiles.day(1)));

    // when
    pass(Duration.ofDays(1).plusHours(2));

    // then
    DriftEvent event = mesh.events().get(0);
    assertThat(event.getDashboardUrl())
        .isEqualTo("https://mesh.example.com/ui/#/incidents/" + event.getIncidentId());
  }

  @Test
  void shouldMissNothingWhileThePipelineIsPaused() {
    // given
    mesh.send(due(WireProfiles.day(1)));
    mesh.send(order(ScheduleCommandKind.PAUSE, WireProfiles.day(0)));

    // when
    pass(Duration.ofDays(3));

    // then
    assertThat(mesh.events()).isEmpty();
  }

  @Test
  void shouldNotMissARunThatFellIntoAPauseWhenThePipelineIsResumed() {
    // given
    mesh.send(due(WireProfiles.day(1)));
    mesh.send(order(ScheduleCommandKind.PAUSE, WireProfiles.day(0)));
    pass(Duration.ofDays(2));

    // when
    mesh.send(order(ScheduleCommandKind.RESUME, WireProfiles.day(2)));
    pass(Duration.ofDays(1));
    List<DriftEvent> resumed = mesh.events();
    mesh.send(due(WireProfiles.day(4)));
    pass(Duration.ofDays(2));

    // then: the next one is missed again
    assertThat(resumed).isEmpty();
    assertThat(mesh.events())
        .extracting(DriftEvent::getProfiledAt)
        .containsExactly(WireProfiles.day(4));
  }

  @Test
  void shouldMissARunWhenAnotherPipelineIsPaused() {
    // given
    mesh.send(due(WireProfiles.day(1)));
    ScheduleCommand other = order(ScheduleCommandKind.PAUSE, WireProfiles.day(0));
    other.setPipeline("crm/public.leads");
    mesh.send(other);

    // when
    pass(Duration.ofDays(2));

    // then
    assertThat(mesh.events()).hasSize(1);
  }

  @Test
  void shouldTellNothingWhenTheRunComesInTime() {
    // given
    mesh.send(due(WireProfiles.day(1)));
    mesh.send(run("a", WireProfiles.day(1).plusSeconds(60)));

    // when
    pass(Duration.ofDays(5));

    // then
    assertThat(mesh.events()).isEmpty();
  }

  @Test
  void shouldAwaitTheNextRunWhenTheProfileSaysWhenItIsDue() {
    // given
    mesh.send(due(WireProfiles.day(1)));
    TableProfile profile = run("a", WireProfiles.day(1));
    profile.setNextRunExpectedAt(WireProfiles.day(2));
    mesh.send(profile);

    // when
    pass(Duration.ofDays(2).plusHours(2));

    // then
    assertThat(mesh.events())
        .singleElement()
        .satisfies(event -> assertThat(event.getProfiledAt()).isEqualTo(WireProfiles.day(2)));
  }

  @Test
  void shouldResolveWhenTheRunComesAfterAll() {
    // given
    mesh.send(due(WireProfiles.day(1)));
    pass(Duration.ofDays(1).plusHours(2));
    String incident = mesh.events().get(0).getIncidentId();

    // when
    mesh.send(run("a", WireProfiles.day(1).plusSeconds(9_000)));

    // then
    assertThat(mesh.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getIncidentId()).isEqualTo(incident);
              assertThat(event.getIncidentState()).isEqualTo(IncidentState.RESOLVED);
            });
    assertThat(mesh.incidents()).extracting(Incident::getState).contains(IncidentState.RESOLVED);
  }

  @Test
  void shouldNotPageAgainWhenTheNextRunIsMissingToo() {
    // given
    mesh.send(due(WireProfiles.day(1)));
    pass(Duration.ofDays(1).plusHours(2));

    // when
    mesh.send(due(WireProfiles.day(2)));
    pass(Duration.ofDays(1));

    // then
    assertThat(mesh.events()).hasSize(1);
    assertThat(mesh.incidents()).extracting(Incident::getRuns).containsExactly(1, 2);
  }

  @Test
  void shouldForgetAnExpectationWhenItIsTakenBack() {
    // given
    mesh.send(due(WireProfiles.day(1)));

    // when
    mesh.withdrawExpectation("shop/public/orders");
    pass(Duration.ofDays(5));

    // then
    assertThat(mesh.events()).isEmpty();
  }

  private void pass(Duration time) {
    mesh.driver().advanceWallClockTime(time);
  }

  private static Expectation due(Instant when) {
    return Expectation.newBuilder()
        .setDatasetId("shop/public/orders")
        .setDueAt(when)
        .setGraceSeconds(3_600)
        .setSchedule("0 6 * * *")
        .setPipeline("shop/public.orders")
        .setOwner("shop-team")
        .setTags(List.of("shop", "daily"))
        .build();
  }

  private static ScheduleCommand order(ScheduleCommandKind kind, Instant when) {
    return ScheduleCommand.newBuilder()
        .setCommandId(UUID.randomUUID().toString())
        .setKind(kind)
        .setPipeline("shop/public.orders")
        .setActor("ada")
        .setIssuedAt(when)
        .build();
  }

  private static TableProfile run(String name, Instant at) {
    return WireProfiles.whole(ORDERS.withRun(name).withScannedAt(at));
  }
}
