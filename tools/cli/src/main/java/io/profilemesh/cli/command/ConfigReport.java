package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.cli.output.OutputFormat;
import io.profilemesh.cli.output.RowSink;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.file.Mistake;
import java.io.PrintWriter;
import java.util.List;

/** What {@code config validate} prints. */
final class ConfigReport {

  private static final List<Column> MISTAKES =
      List.of(
          Column.number("line", "LINE"),
          Column.text("path", "KEY"),
          Column.text("message", "MISTAKE"),
          Column.text("profile", "PROFILE"));

  private final Console console;
  private final OutputOptions output;
  private final String file;

  ConfigReport(Console console, OutputOptions output, String file) {
    this.console = console;
    this.output = output;
    this.file = file;
  }

  void print(ConfigChecks checks) {
    output.write(
        (out, colours) -> {
          if (output.format == OutputFormat.TABLE) {
            checks.mistakes().forEach((mistake, profile) -> line(out, mistake, profile));
            return;
          }
          RowSink sink = output.sink(MISTAKES, out, colours);
          checks.mistakes().forEach((mistake, profile) -> sink.accept(row(mistake, profile)));
          sink.end(NullNode.getInstance());
        });
    checks.warnings().forEach(warning -> console.err().println("Warning: " + printable(warning)));
    if (output.format == OutputFormat.TABLE) {
      console.err().println(summary(checks));
    }
  }

  /** As compilers do, so that editors find the place. */
  private void line(PrintWriter out, Mistake mistake, String profile) {
    StringBuilder text = new StringBuilder(file);
    if (mistake.line() > 0) {
      text.append(':').append(mistake.line());
    }
    text.append(": ");
    if (!mistake.path().isEmpty()) {
      text.append(mistake.path()).append(": ");
    }
    text.append(mistake.message());
    if (!profile.equals(ConfigChecks.WITHOUT_PROFILE)) {
      text.append(" (with profile ").append(profile).append(')');
    }
    out.println(printable(text.toString()));
  }

  private static ObjectNode row(Mistake mistake, String profile) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("line", mistake.line() == 0 ? null : Integer.valueOf(mistake.line()))
        .put("path", mistake.path())
        .put("message", mistake.message())
        .put("profile", profile.equals(ConfigChecks.WITHOUT_PROFILE) ? null : profile);
  }

  private static String summary(ConfigChecks checks) {
    if (!checks.isClean()) {
      return Formats.count(checks.mistakes().size(), "mistake") + ".";
    }
    StringBuilder text = new StringBuilder("The configuration is valid");
    checks.configurations().values().stream()
        .findFirst()
        .ifPresent(configuration -> text.append(": ").append(contents(configuration)));
    if (!checks.profiles().isEmpty()) {
      text.append("; with the profiles ")
          .append(String.join(", ", checks.profiles()))
          .append(" too");
    }
    return printable(text.append('.').toString());
  }

  private static String contents(ProfilerConfiguration configuration) {
    int entries = configuration.datasets().size();
    return Formats.count(configuration.sources().size(), "source")
        + ", "
        + (entries == 1 ? "1 dataset entry" : entries + " dataset entries");
  }

  private static String printable(String text) {
    return DisplayText.printable(text);
  }
}
