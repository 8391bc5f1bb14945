package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.stack.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

  private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.060Z");

  @TempDir private Path directory;

  private StateFile file() {
    return new StateFile(directory.resolve("stack.json"));
  }

  @Test
  void shouldReadWhatWasWritten() {
    // given
    StackState state =
        StackState.EMPTY
            .withLauncher(new ProcessId(7, STARTED))
            .withRegistryUrl("http://127.0.0.1:20003/apis/ccompat/v7")
            .withPort("broker", 20_001)
            .withProcess("postgres", new ProcessId(8, STARTED))
            .withProcess("broker", new ProcessId(9, STARTED.plusSeconds(1)));

    // when
    file().write(state);

    // then
    assertThat(file().read()).isEqualTo(state);
    assertThat(file().read().processes().keySet()).containsExactly("postgres", "broker");
  }

  @Test
  void shouldMoveProcessToTheEndWhenItIsStartedAgain() {
    // given
    StackState state =
        StackState.EMPTY
            .withProcess("postgres", new ProcessId(8, STARTED))
            .withProcess("broker", new ProcessId(9, STARTED));

    // when
    StackState changed = state.withProcess("postgres", new ProcessId(10, STARTED));

    // then
    assertThat(changed.processes().keySet()).containsExactly("broker", "postgres");
  }

  @Test
  void shouldBeEmptyWhenThereIsNoFile() {
    assertThat(file().read()).isEqualTo(StackState.EMPTY);
  }

  @Test
  void shouldBeEmptyWhenFileIsDamaged() throws IOException {
    // given
    Files.writeString(file().path(), "{\"processes\":{\"broker\":{\"pid\":-1");

    // when, then
    assertThat(file().read()).isEqualTo(StackState.EMPTY);
  }

  @Test
  void shouldBeEmptyWhenFileHoldsImpossibleProcess() throws IOException {
    // given
    Files.writeString(
        file().path(), "{\"processes\":{\"broker\":{\"pid\":0,\"started\":\"yesterday\"}}}");

    // when, then
    assertThat(file().read()).isEqualTo(StackState.EMPTY);
  }
}
