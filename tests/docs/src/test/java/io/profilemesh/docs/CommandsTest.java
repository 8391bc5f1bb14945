package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine.ParameterException;

/** Commands shown in documents exist, with the options they are shown with. */
class CommandsTest {

  private static final Set<String> SHELLS = Set.of("console", "sh", "bash", "shell");

  @TestFactory
  Stream<DynamicTest> shouldParseEveryCommandShown() {
    return Repository.markdown().stream()
        .flatMap(
            document ->
                commands(document).stream()
                    .map(
                        command ->
                            dynamicTest(
                                Repository.relative(document) + ": " + String.join(" ", command),
                                () -> parse(command))));
  }

  @Test
  void shouldFindTheCommandsOfTheReadme() {
    assertThat(commands(Repository.path("README.md"))).contains(List.of("demo"));
  }

  private static void parse(List<String> arguments) {
    try {
      CommandLineModel.commandLine().parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      fail(e.getMessage());
    }
  }

  private static List<List<String>> commands(Path document) {
    List<List<String>> commands = new ArrayList<>();
    for (Markdown.Block block : new Markdown(Repository.read(document)).blocks()) {
      if (SHELLS.contains(block.language())) {
        String joined = block.content().replaceAll("\\\\\\n\\s*", "");
        joined.lines().forEach(line -> command(line).ifPresent(commands::add));
      }
    }
    return commands;
  }

  private static java.util.Optional<List<String>> command(String line) {
    String text = line.strip().replaceFirst("^\\$ ", "");
    if (!text.startsWith("./profilemesh ")) {
      return java.util.Optional.empty();
    }
    List<String> words = words(text.substring("./profilemesh ".length()));
    return java.util.Optional.of(words);
  }

  /** Words up to the first pipe, redirection, comment or next command; quotes removed. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    var matcher = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)").matcher(text);
    while (matcher.find()) {
      String bare = matcher.group(3);
      if (bare != null && bare.matches("[|>#&;].*|2>.*")) {
        break;
      }
      words.add(
          bare != null ? bare : matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return words;
  }
}
