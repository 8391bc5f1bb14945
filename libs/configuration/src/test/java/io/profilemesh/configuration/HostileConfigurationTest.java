package io.profilemesh.configuration;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.profilemesh.configuration.file.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files as they should not be: each ends as a list of mistakes, quickly, and gives nothing away.
 */
@Timeout(20)
class HostileConfigurationTest {

  private static final String SOURCE =
      "sources:\n  w: { type: postgresql, database: d, username: u }\n";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   \n\n",
        "# nothing but a comment\n",
        "~",
        "null",
        "- a list",
        "42",
        "sources: 3",
        "sources: []",
        "sources: { w: [] }",
        "sources: { w: ~ }",
        "datasets: {}",
        "sources:\n\tw: { type: postgresql }",
        "sources: &a { w: *a }",
        "? [a, b]\n: c",
        "--- a\n--- b",
        "sources: { w: { type: postgresql, database: !!java.io.File x, username: [u] } }",
        "sources: { w: *nowhere }",
        "sources: { w: @x }",
        "sources: { '': { type: postgresql, database: d, username: u } }",
        "\u0000",
        "{",
        "<<: *x"
      })
  void shouldListMistakes(String text) {
    assertThat(mistakes(text)).isNotEmpty();
  }

  @Test
  void shouldNameTheRuleWhenTabsIndent() {
    assertThat(mistakes("sources:\n\tw: { password: s3cret }"))
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.line()).isEqualTo(2);
              assertThat(mistake.message()).contains("tab").doesNotContain("s3cret");
            });
  }

  @Test
  void shouldAcceptJsonIndentedByTabs() {
    String json =
        "{\n\t\"sources\": {\n\t\t\"w\": {\"type\": \"postgresql\",\n"
            + "\t\t\t\"database\": \"d\", \"username\": \"u\"}}}";

    assertThat(mistakes(json)).isEmpty();
  }

  @Test
  void shouldTellWhichKeyIsGivenTwice() {
    assertThat(mistakes(SOURCE + "datasets:\n  - { source: w, table: a, owner: x, owner: s3cret }"))
        .extracting(Mistake::toString)
        .containsExactly("datasets[0].owner: is given twice; the first is in line 4 (line 4)");
  }

  @Test
  void shouldRefuseAliasesThatExplode() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append("*a%d, ".formatted(i - 1).repeat(9)).append("*a").append(i - 1).append("]\n");
    }

    assertThat(mistakes(bomb.toString())).isNotEmpty();
  }

  @Test
  void shouldRefuseDeepNesting() {
    assertThat(mistakes("sources: " + "[".repeat(10_000))).isNotEmpty();
    assertThat(mistakes("{\"a\":".repeat(5_000))).isNotEmpty();
  }

  @Test
  void shouldRefuseLargeFilesAndOtherEncodings() throws IOException {
    Path large = Files.write(directory.resolve("large"), new byte[10 * 1024 * 1024]);
    Path wide = Files.write(directory.resolve("wide"), SOURCE.getBytes(UTF_16LE));
    Path broken =
        Files.write(directory.resolve("broken"), new byte[] {'a', ':', (byte) 0xC3, 0x28});

    assertThat(load(large)).singleElement().asString().contains("2 MB");
    assertThat(load(wide)).isNotEmpty();
    assertThat(load(broken)).singleElement().asString().contains("UTF-8");
    assertThat(load(directory)).singleElement().asString().contains("cannot be read");
  }

  @Test
  void shouldReadFilesWithByteOrderMark() throws IOException {
    Path file = Files.write(directory.resolve("bom"), ("\uFEFF" + SOURCE).getBytes(UTF_8));

    assertThat(load(file)).isEmpty();
  }

  @Test
  void shouldCheckThousandsOfEntriesInNoTime() {
    String entries = "  - { source: w, table: a, ownr: x }\n".repeat(10_000);

    List<Mistake> mistakes = mistakes(SOURCE + "datasets:\n" + entries);

    assertThat(mistakes).hasSize(10_000);
  }

  @Test
  void shouldAcceptExplosiveExpressionButBoundItsMatching() throws ConfigurationMistakes {
    ProfilerConfiguration configuration =
        ConfigurationFile.parse(
            "test",
            SOURCE + "datasets:\n  - { source: w, include: ['/(.*a){12}c/'] }",
            directory,
            Map.of());

    assertThatExceptionOfType(PatternTooExpensiveException.class)
        .isThrownBy(() -> configuration.dataset(new SourceName("w"), "", "a".repeat(200)));
  }

  @Test
  void shouldKeepValuesOfVariablesOutOfMistakes() {
    String text =
        "sources:\n  w: { type: '${T}', database: d, username: u, port: '${T}',"
            + " ssl-mode: '${T}', max-scans: '${T}' }\n"
            + "datasets:\n  - { source: w, table: '${T}' }\n";

    CheckedConfiguration checked =
        ConfigurationFile.of("test", text, directory)
            .check(CheckOptions.strict(Map.of("T", "s3cret://x")));

    assertThat(checked.mistakes()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(checked.mistakes().toString()).doesNotContain("s3cret");
  }

  @Test
  void shouldReadTextsAsTheyAreWritten() throws ConfigurationMistakes {
    ProfilerConfiguration configuration =
        ConfigurationFile.parse(
            "test",
            "sources:\n  w: { type: postgresql, database: no, username: 0123, password: 1e3 }",
            directory,
            Map.of());

    SourceLocation.Server server =
        (SourceLocation.Server) configuration.source(new SourceName("w")).orElseThrow().location();
    assertThat(server.database()).isEqualTo("no");
    assertThat(server.username()).isEqualTo("0123");
    assertThat(server.password()).isEqualTo(new Secret("1e3"));
  }

  @Test
  void shouldBoundTheTimeOfEveryMistakenFile() {
    long start = System.nanoTime();
    mistakes("a: ".repeat(100_000));
    mistakes("'".repeat(100_001));
    mistakes("&a ".repeat(100_000));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  private List<Mistake> mistakes(String text) {
    return ConfigurationFile.of("test", text, directory)
        .check(CheckOptions.strict(Map.of()))
        .mistakes();
  }

  private static List<Mistake> load(Path file) {
    return ConfigurationFile.load(file).check(CheckOptions.strict(Map.of())).mistakes();
  }
}
