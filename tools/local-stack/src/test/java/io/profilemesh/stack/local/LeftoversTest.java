package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.stack.process.ManagedProcess;
import io.profilemesh.stack.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

  @TempDir Path parent;
  private DataDirectory data;
  private Process service;

  @BeforeEach
  void startService() throws IOException {
    data = new DataDirectory(Files.createDirectory(parent.resolve("stack-1")));
    data.prepare();
    service = new ProcessBuilder("sh", "-c", "echo ready; while :; do sleep 0.05; done").start();
    service.inputReader().readLine();
  }

  @AfterEach
  void end() {
    service.destroyForcibly();
  }

  @Test
  void shouldLeaveAStackWhoseLauncherLivesAlsoWithoutItsLock() {
    // given
    leave(ProcessId.of(ProcessHandle.current()));

    // when
    Leftovers.sweep(parent);

    // then
    assertThat(service.isAlive()).isTrue();
    assertThat(data.root()).exists();
  }

  @Test
  void shouldRemoveAStackWhoseLauncherIsGone() throws InterruptedException {
    // given
    leave(new ProcessId(ProcessHandle.current().pid(), Instant.EPOCH));

    // when
    Leftovers.sweep(parent);

    // then
    assertThat(service.waitFor()).isNotZero();
    assertThat(data.root()).doesNotExist();
  }

  @Test
  void shouldLeaveADirectoryThatIsBeingMade() throws IOException {
    // given
    Path young = Files.createDirectory(parent.resolve("stack-2"));

    // when
    Leftovers.sweep(parent);

    // then
    assertThat(young).isEmptyDirectory();
  }

  private void leave(ProcessId launcher) {
    try (ProcessTable table = ProcessTable.open(data)) {
      table.start(
          "service", () -> new ManagedProcess("service", service.toHandle(), data.log("service")));
    }
    StateFile file = new StateFile(data.stateFile());
    file.write(file.read().withLauncher(launcher));
  }
}
