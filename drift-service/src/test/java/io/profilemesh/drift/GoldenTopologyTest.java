package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Names of operators and stores are names of changelogs: a change here is a change of state. To
 * take a new description over, see docs/adr on the layout of state first, then copy the one in
 * target.
 */
class GoldenTopologyTest {

  private static final Path EXPECTED = Path.of("src/test/resources/expected-topology.txt");

  @Test
  void shouldBeAsDescribedWhenNobodyMeantToChangeIt() throws IOException {
    // given
    String expected = Files.readString(EXPECTED);

    // when
    String described = TopologyHarness.topology().describe().toString().strip() + "\n";

    // then
    Files.writeString(
        Path.of("target", "expected-topology.txt"), described, StandardCharsets.UTF_8);
    assertThat(described).isEqualTo(expected);
  }
}
