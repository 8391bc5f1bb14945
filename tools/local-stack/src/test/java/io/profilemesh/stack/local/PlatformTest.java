package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.stack.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, LINUX_X86_64",
    "Linux, x86_64, LINUX_X86_64",
    "Linux, aarch64, LINUX_ARM64",
    "Mac OS X, aarch64, MACOS_ARM64",
    "Mac OS X, x86_64, MACOS_X86_64"
  })
  void shouldRecogniseSupportedMachines(String system, String architecture, Platform expected) {
    assertThat(Platform.of(system, architecture)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"Windows 11, amd64", "Linux, riscv64", "SunOS, sparcv9"})
  void shouldSayWhatIsSupportedWhenMachineIsNot(String system, String architecture) {
    assertThatThrownBy(() -> Platform.of(system, architecture))
        .isInstanceOf(StackException.class)
        .hasMessageContaining(system)
        .hasMessageContaining("Linux and macOS");
  }

  @Test
  void shouldKnowThisMachine() {
    assertThat(Platform.current().archivePattern()).endsWith(".txz");
  }
}
