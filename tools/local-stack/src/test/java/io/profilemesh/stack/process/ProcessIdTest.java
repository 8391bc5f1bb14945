package io.profilemesh.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProcessIdTest {

  @Test
  void shouldFindProcessWhenItLives() {
    // given
    ProcessId own = ProcessId.of(ProcessHandle.current());

    // when, then
    assertThat(own.find()).contains(ProcessHandle.current());
  }

  @Test
  void shouldFindNothingWhenNumberWasGivenToAnotherProcess() {
    // given a process of that number that had started long before this one
    Instant before = ProcessId.of(ProcessHandle.current()).started().minusSeconds(3_600);
    ProcessId former = new ProcessId(ProcessHandle.current().pid(), before);

    // when, then
    assertThat(former.find()).isEmpty();
  }

  @Test
  void shouldFindProcessWhenClockWasAdjustedSlightly() {
    // given
    Instant shifted = ProcessId.of(ProcessHandle.current()).started().plusMillis(1_000);

    // when, then
    assertThat(new ProcessId(ProcessHandle.current().pid(), shifted).find()).isPresent();
  }

  @Test
  void shouldFindNothingWhenProcessHasEnded() throws IOException, InterruptedException {
    // given
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessId id = ProcessId.of(process.toHandle());

    // when
    process.destroyForcibly().waitFor();

    // then
    assertThat(id.find()).isEmpty();
  }

  @Test
  void shouldRefuseNumberThatNoProcessHas() {
    assertThatThrownBy(() -> new ProcessId(0, Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
