package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import org.junit.jupiter.api.Test;

class ExportCommandTest {

  private final Terminal terminal = new Terminal();

  @Test
  void shouldExportTheTablesNamedInTheFormAskedFor() {
    Result result =
        terminal.type("export --table runs --table results --format parquet --output out");

    assertThat(result.code()).isZero();
    assertThat(terminal.mesh.told).containsExactly("export [runs, results] PARQUET out");
    assertThat(result.out()).contains("profilemesh_runs", "3");
  }

  @Test
  void shouldExportEverythingAsCsvWhenNotTold() {
    assertThat(terminal.type("export").code()).isZero();
    assertThat(terminal.mesh.told).containsExactly("export [] CSV .");
  }

  @Test
  void shouldRefuseAFormThereIsNot() {
    assertThat(terminal.type("export --format xls").code()).isEqualTo(2);
  }
}
