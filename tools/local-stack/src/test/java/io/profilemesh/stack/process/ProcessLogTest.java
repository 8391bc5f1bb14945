package io.profilemesh.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLogTest {

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("some.log");
  }

  private ProcessLog log() {
    return new ProcessLog(file());
  }

  @Test
  void shouldGiveLastLinesInOrder() throws IOException {
    // given
    Files.writeString(file(), "one\ntwo\n\nthree\n");

    // when, then
    assertThat(log().tail(2)).containsExactly("two", "three");
  }

  @Test
  void shouldGiveNothingWhenThereIsNoFile() {
    assertThat(log().tail(10)).isEmpty();
  }

  @Test
  void shouldRecogniseFullDisk() throws IOException {
    // given
    Files.writeString(file(), "could not write: No space left on device\n");

    // when, then
    assertThat(log().saysDiskFull()).isTrue();
  }

  @Test
  void shouldNotSayFullDiskWhenNothingIsSaidAboutIt() throws IOException {
    // given
    Files.writeString(file(), "all is well\n");

    // when, then
    assertThat(log().saysDiskFull()).isFalse();
  }

  @Test
  void shouldMoveFileAsideWhenItHasGrownLarge() throws IOException {
    // given
    Files.write(file(), new byte[9 * 1024 * 1024]);

    // when
    log().rotate();

    // then
    assertThat(file()).doesNotExist();
    assertThat(directory.resolve("some.log.1")).hasSize(9 * 1024 * 1024);
  }

  @Test
  void shouldKeepFileWhenItIsSmall() throws IOException {
    // given
    Files.writeString(file(), "short\n");

    // when
    log().rotate();

    // then
    assertThat(file()).hasContent("short");
  }
}
