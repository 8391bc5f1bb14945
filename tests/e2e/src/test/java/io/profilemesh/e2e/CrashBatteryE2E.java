package io.profilemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is lost and nothing doubled, however the services die; and the test would notice. */
class CrashBatteryE2E {

  private static final long SEED = Long.getLong("battery.seed", 20_261_120L);

  @TempDir Path directory;

  @Test
  void shouldLoseAndDoubleNothingWhenEveryServiceIsKilledThreeTimes() {
    try (TestMesh mesh = new TestMesh("battery", directory, Map.of())) {
      // given
      CrashBattery battery = CrashBattery.full(mesh, SEED);

      // when
      battery.runUnderKills();

      // then
      List<String> violations =
          Invariants.violations(mesh.log(), mesh.topics(), battery.sent(), mesh.tables());
      assertThat(violations).as("seed %d, killed in order %s", SEED, battery.killed()).isEmpty();
      assertThat(battery.killed()).hasSize(9);
      assertThat(battery.sent().byId()).hasSize(200);
      assertThat(mesh.tables().driftEvents())
          .as("drift there was to lose or double")
          .hasSizeGreaterThan(CrashBattery.TABLES / 2);
      Lag.awaitNone(mesh);
    }
  }

  @Test
  void shouldNoticeWhenDeduplicationIsOff() {
    Map<String, String> broken = TestMesh.with("PROFILEMESH_CHAOS_DEDUPLICATION", "false");
    try (TestMesh mesh = new TestMesh("broken", directory, broken)) {
      // given
      CrashBattery battery = new CrashBattery(mesh, SEED, 2);

      // when
      battery.runCalmly();

      // then
      assertThat(Invariants.violations(mesh.log(), mesh.topics(), battery.sent(), mesh.tables()))
          .as("the same harness, with deduplication switched off")
          .isNotEmpty();
    }
  }
}
