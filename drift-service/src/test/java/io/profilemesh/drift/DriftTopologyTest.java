package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.Profiles;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.VerdictOutcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftTopologyTest {

  @TempDir Path stateDir;

  @Test
  void shouldReportDriftWhenMailsAreLost() {
    // given
    Profiles first = Profiles.orders().withRun("run-1");
    Profiles second =
        first.withRun("run-2").withScannedAt(WireProfiles.day(1)).withNullPercent("email", 35.1);

    try (TopologyHarness mesh = TopologyHarness.in(stateDir)) {
      // when
      mesh.send(WireProfiles.whole(first), WireProfiles.whole(second));

      // then
      List<RunVerdict> verdicts = mesh.verdicts();
      List<DriftEvent> events = mesh.events();
      assertThat(verdicts)
          .extracting(RunVerdict::getOutcome)
          .containsExactly(VerdictOutcome.NOT_EVALUATED, VerdictOutcome.DRIFT);
      assertThat(events)
          .extracting(DriftEvent::getMessage)
          .containsExactly(
              "email of orders: 35.1 % of values are missing, 2 % in the run before (2026-03-02"
                  + " 06:00 UTC).");
      assertThat(mesh.deadLetters()).isEmpty();
    }
  }
}
