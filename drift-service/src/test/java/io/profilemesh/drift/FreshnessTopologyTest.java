package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftKind;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.VerdictOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshnessTopologyTest {

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
  void shouldLearnHowOldDataMayBe() {
    // given: loads end between four and five in the morning, runs are at six
    for (int day = 0; day < 10; day++) {
      mesh.send(aged(day, Duration.ofMinutes(60 + 7 * (day % 4))));
    }

    // when: a load does not come, then it does
    mesh.send(aged(10, Duration.ofHours(25)), aged(11, Duration.ofMinutes(70)));

    // then
    List<DriftEvent> events = mesh.events();
    assertThat(events)
        .extracting(DriftEvent::getKind, DriftEvent::getMetric, DriftEvent::getIncidentState)
        .containsExactly(
            tuple(DriftKind.FRESHNESS, "data_age", IncidentState.OPENED),
            tuple(DriftKind.FRESHNESS, "data_age", IncidentState.RESOLVED));
    assertThat(events.get(0).getMessage())
        .startsWith("orders: the newest data is 25 hours old, ")
        .endsWith(" expected from the last 10 runs: has the load stopped?");
    assertThat(events.get(1).getMessage())
        .startsWith("orders, freshness: the newest data is 70 minutes old, at most ");
  }

  @Test
  void shouldJudgeTheSecondRunWhenAPolicySaysWhatIsTooOld() {
    // given
    mesh.sendPolicy(
        "daily",
        DriftPolicy.newBuilder()
            .setPolicyId("daily")
            .setMetrics(List.of("data_age"))
            .setMaximumDataAgeMinutes(24 * 60)
            .build());

    // when
    mesh.send(aged(0, Duration.ofHours(1)), aged(1, Duration.ofHours(49)));

    // then
    assertThat(mesh.events())
        .extracting(DriftEvent::getMessage)
        .containsExactly(
            "orders: the newest data is 2 days old, at most 24 hours by policy daily: has the load"
                + " stopped?");
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getOutcome)
        .containsExactly(VerdictOutcome.NOT_EVALUATED, VerdictOutcome.DRIFT);
  }

  private static TableProfile aged(int day, Duration age) {
    return WireProfiles.whole(
        ORDERS
            .withRun("run-" + day)
            .withScannedAt(WireProfiles.day(day))
            .withTableMetric(Metric.DATA_AGE, age.toMillis()));
  }
}
