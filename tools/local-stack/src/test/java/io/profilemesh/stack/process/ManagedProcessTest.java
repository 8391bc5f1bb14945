package io.profilemesh.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.stack.StackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedProcessTest {

  private static final Readiness NEVER = () -> "the door is closed";

  @TempDir private Path directory;

  private ManagedProcess shell(String script) {
    return new ChildCommand(
            "the shop", List.of("/bin/sh", "-c", script), Map.of("GREETING", "hello"), directory)
        .start(new ProcessLog(directory.resolve("shop.log")));
  }

  @Test
  void shouldShowLastLinesWhenProcessEndsBeforeItIsReady() {
    // given
    ManagedProcess process = shell("echo $GREETING from the log; exit 3");

    // when, then
    assertThatThrownBy(() -> process.awaitReady(NEVER, Duration.ofSeconds(30)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("the shop ended")
        .hasMessageContaining("hello from the log")
        .hasMessageContaining("shop.log");
  }

  @Test
  void shouldSayDiskIsFullWhenProcessSaidSo() {
    // given
    ManagedProcess process = shell("echo 'java.io.IOException: No space left on device'; exit 1");

    // when, then
    assertThatThrownBy(() -> process.awaitReady(NEVER, Duration.ofSeconds(30)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("the disk is full")
        .hasMessageContaining("Free some space");
  }

  @Test
  void shouldShowReasonWhenProcessIsNotReadyInTime() {
    // given
    ManagedProcess process = shell("sleep 60");

    // when, then
    assertThatThrownBy(() -> process.awaitReady(NEVER, Duration.ofMillis(50)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("the shop is not ready")
        .hasMessageContaining("the door is closed");
    process.kill();
  }

  @Test
  void shouldEndByForceWhenProcessIgnoresTheRequest() {
    // given
    ManagedProcess process = shell("trap '' TERM; echo deaf; while :; do sleep 1; done");
    Awaitility.await().until(() -> process.log().tail(1).equals(List.of("deaf")));

    // when
    process.stop(Duration.ofMillis(200));

    // then
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void shouldSurviveInterruptOfTheTerminal() throws Exception {
    // given
    ManagedProcess process = shell("echo up; sleep 60");
    Awaitility.await().until(() -> process.log().tail(1).equals(List.of("up")));

    // when
    new ProcessBuilder("kill", "-INT", Long.toString(process.handle().pid())).start().waitFor();

    // then
    assertThat(process.awaitExit(Duration.ofMillis(300))).isFalse();
    process.kill();
    assertThat(process.isAlive()).isFalse();
  }
}
