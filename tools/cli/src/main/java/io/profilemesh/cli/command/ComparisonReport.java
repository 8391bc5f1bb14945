package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.output.Colours;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import io.profilemesh.cli.output.CsvSink;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.cli.output.RowSink;
import io.profilemesh.cli.output.TableSink;
import io.profilemesh.cli.query.DriftColumns;
import io.profilemesh.cli.run.Severity;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The drift report: both runs, totals, then each change. */
final class ComparisonReport {

  private static final int LABEL = 10;

  private static final List<Column> CHANGES =
      List.of(
          Column.text("severity", "SEVERITY"),
          Column.text("column", "COLUMN"),
          Column.text("metric", "METRIC"),
          Column.text("before", "BEFORE")
              .from(change -> either(change, "baselineValue", "baselineText"))
              .shown(ComparisonReport::shown),
          Column.text("now", "NOW")
              .from(change -> either(change, "currentValue", "currentText"))
              .shown(ComparisonReport::shown),
          Column.number("changePercent", "CHANGE %").only(Where.TABLE_ONLY),
          Column.text("message", "WHAT"));

  private final JsonNode comparison;

  /**
   * @param comparison the comparison as REST answers it
   */
  ComparisonReport(JsonNode comparison) {
    this.comparison = comparison;
  }

  /** Prints it in the form asked for. */
  void print(OutputOptions output) {
    output.write(
        (out, colours) -> {
          switch (output.format) {
            case TABLE -> table(out, colours);
            case JSON -> out.println(comparison.toPrettyString());
            case CSV -> changes(new CsvSink(DriftColumns.EVENTS, out));
          }
        });
  }

  /**
   * What it amounts to.
   *
   * @param failOn severity from which drift is an error; null: drift is none
   */
  ExitCode exitCode(@Nullable Severity failOn) {
    if (failOn == null) {
      return ExitCode.OK;
    }
    if (comparison.path("outcome").asText().equals("not_evaluated")) {
      return ExitCode.NOT_EVALUATED;
    }
    JsonNode totals = comparison.path("totals");
    int findings =
        switch (failOn) {
          case LOW -> total(totals, "low") + total(totals, "medium") + total(totals, "high");
          case MEDIUM -> total(totals, "medium") + total(totals, "high");
          case HIGH -> total(totals, "high");
        };
    return findings > 0 ? ExitCode.DRIFT : ExitCode.OK;
  }

  private void table(PrintWriter out, Colours colours) {
    JsonNode baseline = comparison.path("baseline");
    JsonNode totals = comparison.path("totals");
    line(out, colours, "dataset", comparison.path("datasetId").asText());
    line(out, colours, "baseline", baseline.isObject() ? point(baseline) + others() : "none");
    line(out, colours, "current", point(comparison.path("current")));
    line(out, colours, "verdict", verdict(colours));
    line(
        out,
        colours,
        "changes",
        "%d: %d of the schema, %d high, %d medium, %d low"
            .formatted(
                total(totals, "all"),
                total(totals, "schema"),
                total(totals, "high"),
                total(totals, "medium"),
                total(totals, "low")));
    if (comparison.path("historyShortened").asBoolean()) {
      line(out, colours, "note", "the table is too wide for its whole history to be read");
    }
    reasons(out, colours);
    if (total(totals, "all") > 0) {
      out.println();
      changes(new TableSink(CHANGES, out, colours));
    }
  }

  private String verdict(Colours colours) {
    String outcome = comparison.path("outcome").asText();
    return colours.byName(outcome, outcome.replace('_', ' '))
        + ", strategy "
        + DisplayText.printable(comparison.path("strategy").asText())
        + ", policies of version "
        + comparison.path("policyVersion").asLong();
  }

  private String others() {
    int runs = comparison.path("baselineRunIds").size();
    return runs < 2
        ? ""
        : ", the newest of %d runs since %s"
            .formatted(runs, Formats.instant(comparison.path("baselineFrom")));
  }

  /** Why nothing was compared, where nothing was. */
  private void reasons(PrintWriter out, Colours colours) {
    if (comparison.path("outcome").asText().equals("not_evaluated")) {
      comparison
          .path("notEvaluated")
          .forEach(reason -> line(out, colours, "reason", reason.path("message").asText()));
    }
  }

  private void changes(RowSink sink) {
    comparison.path("changes").forEach(sink::accept);
    sink.end(NullNode.getInstance());
  }

  private static String point(JsonNode run) {
    return "%s  %s  %s rows"
        .formatted(
            Formats.instant(run.path("at")),
            run.path("runId").asText(),
            Formats.number(run.path("rowCount")));
  }

  private static JsonNode either(JsonNode change, String number, String text) {
    return change.path(number).isNumber() ? change.path(number) : change.path(text);
  }

  private static String shown(JsonNode value) {
    return value.isNumber() ? Formats.number(value) : Formats.text(value);
  }

  private static int total(JsonNode totals, String name) {
    return totals.path(name).asInt();
  }

  private static void line(PrintWriter out, Colours colours, String label, String text) {
    out.println(colours.faint(DisplayText.padRight(label, LABEL)) + DisplayText.printable(text));
  }
}
