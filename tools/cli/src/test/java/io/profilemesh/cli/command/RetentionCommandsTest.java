package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.retention.Drop;
import io.profilemesh.metadata.retention.KeptTable;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionCommandsTest {

  private static final Drop OCTOBER =
      new Drop(
          MonthlyTable.EVENTS,
          "profilemesh_events_y2026m10",
          true,
          Instant.parse("2026-10-01T00:00:00Z"),
          Instant.parse("2026-11-01T00:00:00Z"),
          1_234,
          8_192);

  private final Terminal terminal = new Terminal();

  @Test
  void shouldShowHowLongEachTableIsKept() {
    terminal.mesh.kept =
        List.of(
            new KeptTable(MonthlyTable.RESULTS, null, null, 4, 100),
            new KeptTable(
                MonthlyTable.SKETCHES, 90, Instant.parse("2026-08-01T00:00:00Z"), 5, 200));

    Result result = terminal.type("retention show --format json");

    assertThat(result.code()).isZero();
    assertThat(Fakes.json(result.out()).path("items").path(0).path("keepDays").isNull()).isTrue();
    assertThat(Fakes.json(result.out()).path("items").path(1).path("droppedBefore").asText())
        .isEqualTo("2026-08-01T00:00:00Z");
  }

  @Test
  void shouldSetAndSwitchOffAPolicy() {
    terminal.environment.put("USER", "ada");

    assertThat(terminal.type("retention set profile_sketches 90").code()).isZero();
    assertThat(terminal.type("retention off profilemesh_events").code()).isZero();

    assertThat(terminal.mesh.told)
        .containsExactly("keep SKETCHES 90 by cli:ada", "keep EVENTS null by cli:ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "retention",
        "retention set runs 90",
        "retention set events 0",
        "retention set events 36501",
        "retention set events many",
        "retention off nothing"
      })
  void shouldRefuseWhatCannotBeKeptSo(String line) {
    assertThat(terminal.type(line).code()).isEqualTo(2);
    assertThat(terminal.mesh.told).isEmpty();
  }

  @Test
  void shouldDropNothingWhenDryRun() {
    terminal.mesh.drops = List.of(OCTOBER);

    Result result = terminal.type("retention apply --dry-run");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("profilemesh_events_y2026m10").contains("1,234");
    assertThat(result.err()).contains("would be dropped").contains("retention apply");
    assertThat(terminal.mesh.told).isEmpty();
  }

  @Test
  void shouldDropAndSayWhat() {
    terminal.mesh.drops = List.of(OCTOBER);

    Result result = terminal.type("retention apply");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("profilemesh_events_y2026m10");
    assertThat(result.err()).contains("1,234 rows were dropped");
    assertThat(terminal.mesh.told).containsExactly("apply by cli");
  }

  @Test
  void shouldSayThatNothingIsOldEnough() {
    assertThat(terminal.type("retention apply").err()).contains("Nothing is older");
  }
}
