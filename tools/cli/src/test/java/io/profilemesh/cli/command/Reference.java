package io.profilemesh.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands as Markdown, from the model that parses them. */
final class Reference {

  private Reference() {}

  /** One section per command, in the order of the help. */
  static String render(CommandLine line) {
    List<String> sections = new ArrayList<>();
    sections(line.getCommandSpec(), sections);
    return String.join("\n", sections);
  }

  private static void sections(CommandSpec command, List<String> sections) {
    if (command.parent() != null && !command.name().equals("help")) {
      sections.add(section(command));
    }
    command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .forEach(child -> sections(child, sections));
  }

  private static String section(CommandSpec command) {
    StringBuilder text = new StringBuilder();
    text.append("### `").append(command.qualifiedName()).append("`\n\n");
    text.append(String.join(" ", command.usageMessage().description())).append("\n");
    List<String> rows = new ArrayList<>();
    command.positionalParameters().forEach(parameter -> rows.add(row(parameter)));
    command.options().stream()
        .filter(option -> !option.usageHelp())
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .forEach(option -> rows.add(row(option)));
    if (!rows.isEmpty()) {
      text.append("\n| | |\n|---|---|\n").append(String.join("", rows));
    }
    Map<String, String> codes = command.usageMessage().exitCodeList();
    if (!codes.isEmpty()) {
      text.append("\nExit codes: ")
          .append(
              codes.entrySet().stream()
                  .map(code -> code.getKey().strip() + " " + code.getValue())
                  .collect(Collectors.joining(" · ")))
          .append(".\n");
    }
    text.append(examples(command));
    return text.toString();
  }

  private static String examples(CommandSpec command) {
    List<String> lines = new ArrayList<>();
    for (String line : command.usageMessage().footer()) {
      String example = line.replaceFirst("^(Examples?|Use):", "").strip();
      if (example.startsWith("profilemesh") || example.startsWith("source")) {
        lines.add(example.replaceFirst("^profilemesh", "./profilemesh"));
      }
    }
    return lines.isEmpty() ? "" : "\n```console\n" + String.join("\n", lines) + "\n```\n";
  }

  private static String row(PositionalParamSpec parameter) {
    String many = parameter.arity().max() > 1 ? "…" : "";
    return row(parameter.paramLabel() + many, parameter.description());
  }

  private static String row(OptionSpec option) {
    String names = String.join("`, `", option.names());
    boolean flag = option.arity().max() == 0;
    return row(names + (flag ? "" : " " + option.paramLabel()), option.description());
  }

  private static String row(String name, String[] description) {
    String text = String.join(" ", description).replace("|", "\\|").replace("*", "\\*");
    return "| `" + name + "` | " + text + " |\n";
  }
}
