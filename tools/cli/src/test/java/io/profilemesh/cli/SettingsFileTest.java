package io.profilemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

  private static final String PRIVATE = "rw-------";

  @TempDir Path directory;

  @Test
  void shouldAddToTheEnvironmentWhatIsNotSetThere() throws IOException {
    Path file =
        write(
            "# the mesh at work\n"
                + "PROFILEMESH_URL = https://mesh.example:8090\n\n"
                + "PROFILEMESH_SOURCE=a\n",
            "rw-r--r--");

    Map<String, String> complete =
        SettingsFile.complete(
            Map.of("PROFILEMESH_CLI_SETTINGS", file.toString(), "PROFILEMESH_SOURCE", "b"));

    assertThat(complete)
        .containsEntry("PROFILEMESH_URL", "https://mesh.example:8090")
        .containsEntry("PROFILEMESH_SOURCE", "b");
  }

  @Test
  void shouldLookIntoTheUsualPlaces() throws IOException {
    Path usual = Files.createDirectories(directory.resolve(".config/profilemesh"));
    Files.writeString(usual.resolve("cli.env"), "PROFILEMESH_TOPIC_PREFIX=prod.");

    assertThat(SettingsFile.complete(Map.of("HOME", directory.toString())))
        .containsEntry("PROFILEMESH_TOPIC_PREFIX", "prod.");
    assertThat(
            SettingsFile.complete(
                Map.of("XDG_CONFIG_HOME", directory.resolve(".config").toString())))
        .containsEntry("PROFILEMESH_TOPIC_PREFIX", "prod.");
    Map<String, String> none = Map.of("HOME", directory.toString(), "PROFILEMESH_CLI_SETTINGS", "");
    assertThat(SettingsFile.complete(none)).isEqualTo(none);
    assertThat(SettingsFile.complete(Map.of("HOME", "/nowhere"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROFILEMESH_URL s3cret", "PATH=s3cret", "=s3cret"})
  void shouldNameTheLineWithoutShowingIt(String line) throws IOException {
    Path file = write("\n" + line, PRIVATE);

    assertThatThrownBy(
            () -> SettingsFile.complete(Map.of("PROFILEMESH_CLI_SETTINGS", file.toString())))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("line 2 of")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void shouldRefuseASecretThatOthersCanRead() throws IOException {
    Path open = write("PROFILEMESH_METADATA_PASSWORD=s3cret", "rw-r-----");
    Map<String, String> environment = Map.of("PROFILEMESH_CLI_SETTINGS", open.toString());

    assertThatThrownBy(() -> SettingsFile.complete(environment))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("others can read");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(PRIVATE));
    assertThat(SettingsFile.complete(environment))
        .containsEntry("PROFILEMESH_METADATA_PASSWORD", "s3cret");
  }

  @Test
  void shouldRefuseAFileThatIsNamedAndNotThere() {
    assertThatThrownBy(
            () -> SettingsFile.complete(Map.of("PROFILEMESH_CLI_SETTINGS", "/nowhere/cli.env")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot be read");
  }

  private Path write(String text, String permissions) throws IOException {
    Path file = directory.resolve("settings");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }
}
