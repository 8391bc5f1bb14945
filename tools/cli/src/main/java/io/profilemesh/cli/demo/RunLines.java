package io.profilemesh.cli.demo;

import io.profilemesh.cli.output.Colours;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.cli.run.RunOutcome;
import io.profilemesh.cli.run.Verdict;
import java.util.ArrayList;
import java.util.List;

/** One line per run, as it is settled. */
final class RunLines {

  private static final int NAME_WIDTH = 24;

  private final Stages stages;
  private final Colours colours;

  RunLines(Stages stages, Console console) {
    this.stages = stages;
    this.colours = console.errColours();
  }

  void show(RunOutcome outcome) {
    String table =
        outcome.run().path("schema").asText() + "." + outcome.run().path("table").asText();
    String rows = Formats.number(outcome.run().path("rowCount")) + " rows";
    String columns = Formats.number(outcome.run().path("columnCount")) + " columns";
    stages.say(
        "    "
            + DisplayText.padRight(DisplayText.printable(table), NAME_WIDTH)
            + DisplayText.padLeft(rows, 12)
            + DisplayText.padLeft(columns, 12)
            + DisplayText.padLeft(Formats.seconds(outcome.run().path("durationMs")), 9)
            + "   "
            + verdict(outcome));
  }

  private String verdict(RunOutcome outcome) {
    Verdict verdict = outcome.verdict();
    if (verdict == null) {
      return outcome.status();
    }
    return switch (verdict.outcome()) {
      case NO_DRIFT -> colours.good("as before");
      case NOT_EVALUATED -> "first profile, nothing to compare with yet";
      case DRIFT -> drift(verdict);
      case UNKNOWN -> "judged";
    };
  }

  private String drift(Verdict verdict) {
    List<String> parts = new ArrayList<>();
    add(parts, verdict.high(), "high");
    add(parts, verdict.medium(), "medium");
    add(parts, verdict.low(), "low");
    return colours.byName("DRIFT", "drift: ") + String.join(", ", parts);
  }

  private void add(List<String> parts, int number, String severity) {
    if (number > 0) {
      parts.add(colours.byName(severity, number + " " + severity));
    }
  }
}
