package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.access.KeyFile;
import io.profilemesh.metadata.access.ApiKeySecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCommandsTest {

  private final Terminal terminal = new Terminal();

  @TempDir Path directory;

  @Test
  void shouldPrintTheKeyAloneWhenItIsMade() {
    terminal.environment.put("USER", "ada");

    Terminal.Result result =
        terminal.type("key create ci --grant reader:shop/public --role operator --expires-in 90d");

    assertThat(result.code()).isZero();
    assertThat(ApiKeySecret.parse(result.out().strip())).isPresent();
    assertThat(result.err())
        .contains("operator reader:shop/public")
        .doesNotContain(result.out().strip());
    assertThat(terminal.mesh.keys)
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.createdBy()).isEqualTo("cli:ada");
              assertThat(key.expiresAt()).isEqualTo(key.createdAt().plus(Duration.ofDays(90)));
            });
  }

  @Test
  void shouldKeepTheKeyFromOthersWhenItGoesToAFile() throws Exception {
    Path file = directory.resolve("key");

    Terminal.Result result = terminal.type("key create ci --role reader --key-file " + file);

    assertThat(result.out()).isEmpty();
    assertThat(ApiKeySecret.parse(Files.readString(file).strip())).isPresent();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key create ci",
        "key create ci --role root",
        "key create ci --grant admin:shop",
        "key create ci --role reader --expires-in soon",
        "key create ci --role reader --expires-in -1h",
        "key create --role reader",
        "key"
      })
  void shouldRefuseWhatMakesNoSense(String line) {
    assertThat(terminal.type(line).code()).isEqualTo(2);
    assertThat(terminal.mesh.keys).isEmpty();
  }

  @Test
  void shouldListAndRevoke() {
    String secret = terminal.type("key create ci --role reader").out().strip();
    String prefix = secret.substring(0, 12);

    Terminal.Result list = terminal.type("key list --format csv");
    Terminal.Result revoked = terminal.type("key revoke " + prefix);

    assertThat(list.out()).contains(prefix + ",ci,active,reader").doesNotContain(secret);
    assertThat(revoked.code()).isZero();
    assertThat(terminal.mesh.revoked).containsExactly(prefix + " by cli");
    assertThat(terminal.type("key revoke pmk_zzzzzzzz").code()).isEqualTo(1);
  }

  @Test
  void shouldShowTheKeyOfTheLocalMeshToItAlone() {
    ApiKeySecret key = ApiKeySecret.random(new SecureRandom());
    KeyFile.of(directory).write(key);
    terminal.mesh.answer("/runs", "{\"items\":[]}");
    String line = "query runs --data-dir " + directory;

    terminal.type(line);
    terminal.type(line + " --server http://mesh.example:8090");
    terminal.environment.put("PROFILEMESH_URL", "http://mesh.example:8090");
    terminal.type(line);

    assertThat(terminal.mesh.shown).containsExactly(key.reveal(), "", "");
  }

  @Test
  void shouldTakeTheKeyFromVariableOrFile() {
    ApiKeySecret key = ApiKeySecret.random(new SecureRandom());
    ApiKeySecret other = ApiKeySecret.random(new SecureRandom());
    Path file = directory.resolve("other");
    new KeyFile(file).write(other);
    terminal.mesh.answer("/runs", "{\"items\":[]}");

    terminal.environment.put("PROFILEMESH_API_KEY_FILE", file.toString());
    terminal.type("query runs --server http://mesh.example:8090");
    terminal.environment.put("PROFILEMESH_API_KEY", key.reveal());
    terminal.type("query runs --server http://mesh.example:8090");

    assertThat(terminal.mesh.shown).containsExactly(other.reveal(), key.reveal());
    terminal.environment.put("PROFILEMESH_API_KEY", "geheim");
    Terminal.Result refused = terminal.type("query runs");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).doesNotContain("geheim");
  }
}
