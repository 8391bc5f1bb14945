package io.profilemesh.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.output.Colours;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.cli.output.Wrap;
import io.profilemesh.cli.run.Severity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells found drift in words: by table, gravest first, a few sentences of each. */
final class DriftStory {

  private static final int WIDTH = 100;
  private static final String INDENT = "    ";

  private final PrintWriter out;
  private final Colours colours;
  private final int mostPerTable;

  DriftStory(Console console, int mostPerTable) {
    this.out = console.out();
    this.colours = console.outColours();
    this.mostPerTable = mostPerTable;
  }

  /** Prints the events; {@code more} is the command that shows a table's rest, given its name. */
  void tell(List<JsonNode> events, java.util.function.UnaryOperator<String> more) {
    Map<String, List<JsonNode>> byTable =
        events.stream()
            .collect(Collectors.groupingBy(DriftStory::table, TreeMap::new, Collectors.toList()));
    byTable.forEach((table, found) -> tell(table, found, more));
    out.flush();
  }

  private void tell(
      String table, List<JsonNode> found, java.util.function.UnaryOperator<String> more) {
    List<JsonNode> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparing(DriftStory::severity)
            .reversed()
            .thenComparing(Comparator.comparing(DriftStory::isSchema).reversed())
            .thenComparing(event -> event.path("column").asText("")));
    out.println("  " + colours.strong(DisplayText.printable(table)));
    sorted.stream().limit(mostPerTable).forEach(this::sentence);
    if (sorted.size() > mostPerTable) {
      out.println(
          INDENT
              + colours.faint(
                  "and "
                      + Formats.count(sorted.size() - mostPerTable, "finding")
                      + " more: "
                      + more.apply(table)));
    }
    out.println();
  }

  private void sentence(JsonNode event) {
    String severity = severity(event).name();
    List<String> lines =
        Wrap.lines(
            DisplayText.printable(event.path("message").asText()), WIDTH - INDENT.length() - 8);
    out.println(
        INDENT
            + colours.byName(severity, DisplayText.padRight(severity.toLowerCase(Locale.ROOT), 8))
            + lines.get(0));
    lines.stream().skip(1).forEach(line -> out.println(INDENT + " ".repeat(8) + line));
  }

  private static String table(JsonNode event) {
    return event.path("schema").asText() + "." + event.path("table").asText();
  }

  private static boolean isSchema(JsonNode event) {
    return event.path("kind").asText().equalsIgnoreCase("schema");
  }

  private static Severity severity(JsonNode event) {
    String text = event.path("severity").asText().toUpperCase(Locale.ROOT);
    for (Severity severity : Severity.values()) {
      if (severity.name().equals(text)) {
        return severity;
      }
    }
    return Severity.LOW;
  }
}
