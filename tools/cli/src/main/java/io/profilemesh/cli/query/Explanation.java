package io.profilemesh.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.profilemesh.cli.output.Colours;
import io.profilemesh.cli.output.CsvSink;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.cli.output.RowSink;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Map;

/** One drift event, told with its evidence. */
public final class Explanation {

  private static final int LABEL = 12;

  private final JsonNode event;
  private final JsonNode evidence;

  /**
   * @param event the event as REST answers it
   */
  public Explanation(JsonNode event) {
    this.event = event;
    this.evidence = event.path("metadata");
  }

  /** Prints it for people. */
  public void print(PrintWriter out, Colours colours) {
    String severity = event.path("severity").asText();
    out.println(
        colours.byName(severity, severity)
            + "  "
            + DisplayText.printable(event.path("message").asText()));
    out.println();
    line(out, colours, "dataset", event.path("datasetId").asText());
    line(out, colours, "what", what());
    line(out, colours, "run", event.path("runId").asText() + at());
    line(out, colours, "baseline", baseline());
    line(out, colours, "before", value("baselineValue", "baselineText"));
    line(out, colours, "now", value("currentValue", "currentText"));
    line(out, colours, "change", change());
    line(out, colours, "effect", effect());
    line(out, colours, "chance", chance());
    line(out, colours, "errors", errors());
    line(out, colours, "rules", rules());
    line(out, colours, "also moved", also());
    line(out, colours, "incident", incident());
    line(out, colours, "runbook", Formats.text(evidence.path("runbookUrl")));
    out.println();
    next(out);
  }

  /** Prints it as a line of CSV. */
  public void printCsv(PrintWriter out) {
    RowSink sink = new CsvSink(DriftColumns.EVENTS, out);
    sink.accept(event);
    sink.end(NullNode.getInstance());
  }

  private String what() {
    String column = Formats.text(event.path("column"));
    return event.path("metric").asText()
        + (column.isEmpty() ? " of the table" : " of column " + column)
        + " ("
        + event.path("kind").asText()
        + ", found by "
        + event.path("detector").asText()
        + ")";
  }

  private String at() {
    String at = Formats.instant(event.path("profiledAt"));
    return at.isEmpty() ? "" : ", profiled " + at;
  }

  private String baseline() {
    JsonNode runs = evidence.path("baselineRunIds");
    String strategy = evidence.path("strategy").asText();
    if (runs.isEmpty()) {
      return strategy;
    }
    return runs.size() == 1
        ? "run " + runs.get(0).asText() + " (" + strategy + ")"
        : "%d runs, the newest %s (%s)".formatted(runs.size(), runs.get(0).asText(), strategy);
  }

  private String value(String number, String text) {
    return event.path(number).isNumber()
        ? Formats.number(event.path(number))
        : Formats.text(event.path(text));
  }

  private String change() {
    if (!event.path("changeAbsolute").isNumber()) {
      return "";
    }
    String percent =
        event.path("changePercent").isNumber()
            ? ", " + Formats.number(event.path("changePercent")) + " %"
            : "";
    return Formats.number(event.path("changeAbsolute")) + percent;
  }

  /** The size on the scale of severities. */
  private String effect() {
    if (!evidence.path("effectSize").isNumber()) {
      return "";
    }
    String effect = Formats.number(evidence.path("effectSize"));
    return evidence.path("effectLower").isNumber()
        ? effect
            + ", between "
            + Formats.number(evidence.path("effectLower"))
            + " and "
            + Formats.number(evidence.path("effectUpper"))
            + " at 95 % confidence"
        : effect;
  }

  private String chance() {
    JsonNode significance = evidence.path("significance");
    if (!significance.isNumber()) {
      return "";
    }
    double probability = significance.asDouble();
    return probability < 1e-6
        ? "less than one in a million, corrected for everything that was tested"
        : "%.2g, corrected for everything that was tested".formatted(probability);
  }

  private String errors() {
    String sampling = Formats.number(evidence.path("samplingError"));
    String sketch = Formats.number(evidence.path("sketchError"));
    return sampling.isEmpty() && sketch.isEmpty()
        ? ""
        : "sampling may explain %s, sketches %s"
            .formatted(
                sampling.isEmpty() ? "nothing" : sampling, sketch.isEmpty() ? "nothing" : sketch);
  }

  private String rules() {
    StringBuilder rules = new StringBuilder();
    parameters(rules, false);
    rules.append(rules.length() == 0 ? "" : ", ").append("policies of version ");
    return rules.append(event.path("policyVersion").asLong()).toString();
  }

  private String also() {
    StringBuilder also = new StringBuilder();
    parameters(also, true);
    return also.toString();
  }

  /** Parameters of the detector; those that begin with also name further metrics. */
  private void parameters(StringBuilder text, boolean also) {
    String prefix = "also.";
    Iterator<Map.Entry<String, JsonNode>> fields = evidence.path("detectorParameters").fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (field.getKey().startsWith(prefix) == also) {
        text.append(text.length() == 0 ? "" : ", ")
            .append(also ? field.getKey().substring(prefix.length()) : field.getKey())
            .append(' ')
            .append(field.getValue().asText());
      }
    }
  }

  private String incident() {
    String id = Formats.text(event.path("incidentId"));
    return id.isEmpty() ? "" : id + " (" + event.path("incidentState").asText() + ")";
  }

  private void next(PrintWriter out) {
    String run = event.path("runId").asText();
    out.println("Look at the run:      profilemesh query run " + run);
    out.println("At everything in it:  profilemesh compare " + run);
    String incident = Formats.text(event.path("incidentId"));
    if (!incident.isEmpty()) {
      out.println("Say it is no fault:   profilemesh incident feedback " + incident + " expected");
    }
  }

  private static void line(PrintWriter out, Colours colours, String label, String text) {
    if (!text.isEmpty()) {
      out.println(colours.faint(DisplayText.padRight(label, LABEL)) + DisplayText.printable(text));
    }
  }
}
