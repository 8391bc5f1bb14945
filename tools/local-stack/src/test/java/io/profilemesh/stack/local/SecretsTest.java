package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  @TempDir private Path directory;

  private Secrets secrets() {
    return new Secrets(new DataDirectory(directory));
  }

  @Test
  void shouldKeepSecretBetweenStarts() {
    // given
    String first = secrets().get("postgres-password");

    // when, then
    assertThat(secrets().get("postgres-password")).isEqualTo(first).hasSizeGreaterThan(20);
  }

  @Test
  void shouldGiveEveryNameAndEveryDirectoryItsOwnSecret(@TempDir Path other) {
    // given
    String first = secrets().get("a");

    // when, then
    assertThat(secrets().get("b")).isNotEqualTo(first);
    assertThat(new Secrets(new DataDirectory(other)).get("a")).isNotEqualTo(first);
  }

  @Test
  void shouldLetOnlyTheUserRead() throws IOException {
    // when
    secrets().get("a");

    // then
    Path file = secrets().file("a");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }
}
