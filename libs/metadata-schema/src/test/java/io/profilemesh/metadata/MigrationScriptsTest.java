package io.profilemesh.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationScriptsTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("profilemesh.home"))
          .resolve("libs/metadata-schema/src/main/resources/db/migration");

  @Test
  void shouldNameEveryFileOfTheFolder() throws IOException {
    // when
    List<String> files;
    try (Stream<Path> paths = Files.list(FOLDER)) {
      files = paths.map(path -> path.getFileName().toString()).toList();
    }

    // then
    assertThat(MigrationScripts.ALL).containsExactlyInAnyOrderElementsOf(files);
  }

  @Test
  void shouldNumberScriptsFromOneWithoutGaps() {
    assertThat(ScriptResources.ofThisVersion().scripts())
        .extracting(ScriptResources.Script::version)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, MigrationScripts.latest()).boxed().toList());
    assertThat(MigrationScripts.ALL)
        .allMatch(name -> name.matches("V\\d+__[a-z]+(_[a-z]+)+\\.sql"));
  }

  @Test
  void shouldSayWhyAndWaitBrieflyForLocksInEveryScript() {
    assertThat(ScriptResources.ofThisVersion().scripts())
        .allSatisfy(
            script -> {
              assertThat(script.sql()).startsWith("-- ").contains("lock_timeout");
              assertThat(script.sql()).doesNotContain("\r");
            });
  }
}
