package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  private static final long MIB = 1024 * 1024;

  @TempDir private Path directory;

  @Test
  void shouldSayHowMuchSpaceIsMissingWhenDiskIsNearlyFull() {
    // given
    DataDirectory data = new DataDirectory(directory);

    // when, then
    assertThatThrownBy(() -> data.checkSpace(120 * MIB))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("only 120 MiB left")
        .hasMessageContaining("Free some space");
  }

  @Test
  void shouldAcceptDiskWithRoom() {
    assertThatNoException().isThrownBy(() -> new DataDirectory(directory).checkSpace(2048 * MIB));
  }

  @Test
  void shouldNameTheWayOutWhenDirectoryCannotBeCreated() throws IOException {
    // given a file where the directory belongs
    Path file = Files.writeString(directory.resolve("file"), "");

    // when, then
    assertThatThrownBy(() -> new DataDirectory(file.resolve("data")).prepare())
        .isInstanceOf(StackException.class)
        .hasMessageContaining("cannot be created")
        .hasMessageContaining("--data-dir");
  }

  @Test
  void shouldEmptyTheTemporaryFilesOfWhoIsAboutToStart() throws IOException {
    // given: a killed process left something, and its neighbour is at work
    DataDirectory data = new DataDirectory(directory);
    Path own = data.temporary("services/one");
    Files.writeString(Files.createDirectories(own.resolve("deep")).resolve("library.so"), "");
    Path foreign = Files.writeString(data.temporary("services/two").resolve("library.so"), "");

    // when
    Path again = data.temporary("services/one");

    // then
    assertThat(again).isEqualTo(own).isEmptyDirectory();
    assertThat(foreign).exists();
  }

  @Test
  void shouldGiveTheLockToOneLauncherAtATime() {
    // given
    DataDirectory data = new DataDirectory(directory);
    DirectoryLock first = DirectoryLock.take(data);

    // when, then
    assertThatThrownBy(() -> DirectoryLock.take(data))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("in use by the process " + ProcessHandle.current().pid());
    first.close();
    try (DirectoryLock second = DirectoryLock.take(data)) {
      assertThat(second).isNotNull();
    }
  }
}
