package io.profilemesh.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StacksTest {

  @ParameterizedTest
  @ValueSource(strings = {"processes", "containers"})
  void shouldFindProviderByName(String name) {
    assertThat(Stacks.provider(name).name()).isEqualTo(name);
  }

  @Test
  void shouldNameTheProvidersWhenNameIsUnknown() {
    assertThatThrownBy(() -> Stacks.provider("cloud"))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("no stack provider cloud")
        .hasMessageContaining("containers or processes");
  }
}
