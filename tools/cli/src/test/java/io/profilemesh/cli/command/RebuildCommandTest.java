package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.sink.rebuild.RebuildOptions;
import io.profilemesh.sink.rebuild.RebuildResult;
import io.profilemesh.sink.rebuild.RebuildResult.TableComparison;
import java.util.List;
import org.junit.jupiter.api.Test;

class RebuildCommandTest {

  private final Terminal terminal = new Terminal();

  @Test
  void shouldShowEachTableBeforeAndAfter() {
    terminal.mesh.rebuildResult =
        new RebuildResult(
            List.of(
                new TableComparison("profilemesh_runs", 3, 3, "17", "17"),
                new TableComparison("profilemesh_events", 9, 8, "5", "4")),
            1_234,
            true,
            false,
            null);

    Result result = terminal.type("rebuild --partial");

    assertThat(result.code()).isZero();
    assertThat(terminal.mesh.rebuilt).containsExactly(new RebuildOptions(true, false, false));
    assertThat(result.out()).containsPattern("profilemesh_runs +3 +3 +yes");
    assertThat(result.out()).containsPattern("profilemesh_events +9 +8 +no");
    assertThat(result.err()).contains("reading the topics", "1,234 records", "in place");
  }

  @Test
  void shouldFailWhenOnlyComparingAndTablesDiffer() {
    terminal.mesh.rebuildResult =
        new RebuildResult(
            List.of(new TableComparison("profilemesh_runs", 3, 2, "17", "5")),
            4,
            false,
            true,
            null);

    Result result = terminal.type("rebuild --compare-only --format json");

    assertThat(result.code()).isEqualTo(1);
    assertThat(Fakes.json(result.out()).path("items").path(0).path("same").asText())
        .isEqualTo("no");
    assertThat(result.err()).contains("profilemesh rebuild");
  }

  @Test
  void shouldSayWhatIsLeftBehind() {
    terminal.mesh.rebuildResult =
        new RebuildResult(List.of(), 0, true, false, "The replaced tables are left.");

    assertThat(terminal.type("rebuild --restart").err()).contains("The replaced tables are left.");
    assertThat(terminal.mesh.rebuilt).containsExactly(new RebuildOptions(false, true, false));
  }
}
