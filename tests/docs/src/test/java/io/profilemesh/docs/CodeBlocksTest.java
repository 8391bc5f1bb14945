package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.error.YAMLException;

/** Samples in documents are what they say they are. */
class CodeBlocksTest {

  @TestFactory
  Stream<DynamicTest> shouldParseEverySample() {
    return Repository.markdown().stream()
        .filter(document -> !new Markdown(Repository.read(document)).blocks().isEmpty())
        .map(document -> dynamicTest(Repository.relative(document), () -> parseAll(document)));
  }

  @Test
  void shouldNameTheLanguageOfEveryBlock() {
    assertThat(Repository.markdown())
        .allSatisfy(
            document ->
                assertThat(new Markdown(Repository.read(document)).blocks())
                    .as(Repository.relative(document))
                    .allSatisfy(block -> assertThat(block.language()).isNotEmpty()));
  }

  private static void parseAll(Path document) throws JsonProcessingException {
    for (Markdown.Block block : new Markdown(Repository.read(document)).blocks()) {
      switch (block.language()) {
        case "json" -> Repository.JSON.readTree(block.content());
        case "yaml", "yml" -> parseYaml(block.content());
        default -> {
          // Other languages are for people, or have a test of their own.
        }
      }
    }
  }

  private static void parseYaml(String text) {
    try {
      assertThat(Repository.yaml(text)).isNotEmpty();
    } catch (YAMLException e) {
      throw new AssertionError("not YAML: " + e.getMessage() + "\n" + text, e);
    }
  }
}
