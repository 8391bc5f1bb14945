package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {

  private static final String BEGIN =
      "<!-- from here on written from the program: see HelpTest -->";

  /** Run with {@code -Dcli.write=true} to bring file and snapshot up to date. */
  private static final boolean WRITE = Boolean.getBoolean("cli.write");

  private static final Path HOME = Path.of(System.getProperty("profilemesh.home"));
  private static final Path GUIDE = HOME.resolve("docs/cli.md");
  private static final Path SNAPSHOT = HOME.resolve("tools/cli/src/test/resources/help.txt");

  @Test
  void shouldDescribeEveryCommandInGuide() throws IOException {
    String guide = Files.readString(GUIDE);
    String written = guide.substring(guide.indexOf(BEGIN) + BEGIN.length());
    String model = "\n\n" + Reference.render(line());
    if (WRITE) {
      Files.writeString(GUIDE, guide.substring(0, guide.indexOf(BEGIN)) + BEGIN + model);
    } else {
      assertThat(written)
          .as("docs/cli.md: write it anew with -pl tools/cli test -Dtest=HelpTest -Dcli.write=true")
          .isEqualTo(model);
    }
  }

  @Test
  void shouldDescribeEveryExitCodeInGuideAndHelp() throws IOException {
    String guide = Files.readString(GUIDE);
    for (ExitCode code : ExitCode.values()) {
      assertThat(guide).contains("| " + code.code() + " | " + code.meaning() + " |");
      assertThat(line().getCommandSpec().usageMessage().exitCodeList())
          .containsEntry(Integer.toString(code.code()), code.meaning());
    }
  }

  @Test
  void shouldKeepTheHelpThatNewcomersSee() throws IOException {
    String help = line().getUsageMessage();
    if (WRITE) {
      Files.createDirectories(SNAPSHOT.getParent());
      Files.writeString(SNAPSHOT, help);
    } else {
      assertThat(help).isEqualTo(Files.readString(SNAPSHOT, StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldHelpWithinHundredColumnsWhateverTheCommand(List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.add("--help");

    Terminal.Result result = new Terminal().run(words.toArray(new String[0]));

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("Usage: profilemesh").contains("--help");
    assertThat(result.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldDescribeEveryOptionInASentence(List<String> command) {
    CommandSpec spec = line().getCommandSpec();
    for (String word : command) {
      spec = spec.subcommands().get(word).getCommandSpec();
    }

    assertThat(spec.usageMessage().description()).isNotEmpty();
    assertThat(spec.options())
        .allMatch(option -> String.join(" ", option.description()).matches("(?s)[A-Z].*[.)]"));
    assertThat(spec.positionalParameters())
        .allMatch(parameter -> parameter.description().length > 0);
  }

  static List<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    collect(line().getCommandSpec(), List.of(), all);
    return all;
  }

  private static void collect(CommandSpec spec, List<String> path, List<List<String>> all) {
    all.add(path);
    spec.subcommands()
        .forEach(
            (name, child) -> {
              if (!name.equals("help")) {
                List<String> longer = new ArrayList<>(path);
                longer.add(name);
                collect(child.getCommandSpec(), longer, all);
              }
            });
  }

  private static CommandLine line() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return ProfileMesh.commandLine(
        new Session(Console.plain(nowhere, nowhere), Map.of(), null, new Fakes()));
  }
}
