package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.stack.StackProgress;
import io.profilemesh.stack.process.ManagedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {

  /** Says that it listens, and takes a second to end. */
  private static final String SLOW =
      "trap 'sleep 1; exit 0' TERM; echo ready; while :; do sleep 0.05; done";

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void shouldEndWhatAFormerLauncherLeftSideBySide() {
    // given
    DataDirectory data = new DataDirectory(directory);
    data.prepare();
    try (ProcessTable former = ProcessTable.open(data)) {
      for (String service : List.of("profiler", "drift", "query")) {
        former.start(service, () -> slow(data, service));
      }
      former.disown();
    }

    // when
    long start = System.nanoTime();
    boolean ran;
    try (ProcessTable table = ProcessTable.open(data)) {
      ran = table.endLeftovers(StackProgress.silent());
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    // then
    assertThat(ran).isTrue();
    assertThat(started).noneMatch(Process::isAlive);
    assertThat(took).isBetween(Duration.ofMillis(900), Duration.ofMillis(2_500));
  }

  @Test
  void shouldSayWhenNothingRan() {
    DataDirectory data = new DataDirectory(directory);
    data.prepare();

    try (ProcessTable table = ProcessTable.open(data)) {
      assertThat(table.endLeftovers(StackProgress.silent())).isFalse();
    }
  }

  private ManagedProcess slow(DataDirectory data, String service) {
    try {
      Process process = new ProcessBuilder("sh", "-c", SLOW).start();
      started.add(process);
      process.inputReader().readLine();
      return new ManagedProcess(service, process.toHandle(), data.log(service));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
