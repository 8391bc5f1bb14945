package io.profilemesh.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMarkTest {

  @TempDir private Path directory;
  private ManagedProcess child;

  @BeforeEach
  void startMarkedProcess() {
    // A shell that waits, with the mark among its arguments.
    List<String> command =
        List.of("/bin/sh", "-c", "read line; sleep 60", ProcessMark.of(directory).argument());
    child =
        new ChildCommand("child", command, Map.of(), directory)
            .start(new ProcessLog(directory.resolve("child.log")));
  }

  @AfterEach
  void endProcess() {
    child.kill();
  }

  @Test
  void shouldFindProcessWhenItCarriesTheMark() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(ProcessMark.of(directory).findAll()).contains(child.handle()));
  }

  @Test
  void shouldFindNothingWhenMarkIsOfSiblingDirectory() {
    // given a directory whose path only begins like the other's
    Path sibling = directory.resolveSibling(directory.getFileName().toString().substring(0, 5));

    // when, then
    assertThat(ProcessMark.of(sibling).findAll()).isEmpty();
  }
}
