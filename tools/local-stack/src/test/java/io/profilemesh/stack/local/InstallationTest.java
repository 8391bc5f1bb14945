package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.stack.StackException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

  @TempDir private Path home;

  @Test
  void shouldSayHowToBuildWhenNothingIsBuilt() {
    // given
    Installation installation = new Installation(home);

    // when, then
    assertThatThrownBy(installation::brokerClassPath)
        .isInstanceOf(StackException.class)
        .hasMessageContaining("not built")
        .hasMessageContaining("./mvnw");
    assertThatThrownBy(() -> installation.serviceJar(Service.QUERY))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("query-service");
  }
}
