package io.profilemesh.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.profilemesh.cli.output.Colours;
import io.profilemesh.cli.output.CsvSink;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.cli.output.RowSink;
import io.profilemesh.cli.output.TableSink;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run with all that was measured, printed. */
public final class RunDetails {

  private static final int LABEL = 10;

  private final JsonNode details;
  private final JsonNode run;

  /**
   * @param details the run as REST answers it
   */
  public RunDetails(JsonNode details) {
    this.details = details;
    this.run = details.path("run").isObject() ? details.path("run") : details;
  }

  /** Prints an overview, or every metric of one column. */
  public void printTable(PrintWriter out, Colours colours, @Nullable String column) {
    line(out, colours, "dataset", run.path("datasetId").asText());
    line(out, colours, "run", run.path("runId").asText());
    line(out, colours, "status", status(colours));
    line(out, colours, "profiled", Formats.instant(run.path("profiledAt")));
    line(out, colours, "rows", Formats.number(run.path("rowCount")));
    line(out, colours, "took", Formats.seconds(run.path("durationMs")));
    line(out, colours, "reason", Formats.text(run.path("reason")));
    out.println();
    if (column == null) {
      print(new TableSink(ColumnOverview.COLUMNS, out, colours), details.path("columns"));
    } else {
      printRows(new TableSink(MetricRows.COLUMNS, out, colours), column);
    }
  }

  /** Prints a row per column and metric. */
  public void printCsv(PrintWriter out, @Nullable String column) {
    printRows(new CsvSink(MetricRows.COLUMNS, out), column);
  }

  /** Whether the run has a column of that name. */
  public boolean hasColumn(String column) {
    return names().contains(column);
  }

  /** The columns of the run, in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    details.path("columns").forEach(each -> names.add(each.path("column").asText()));
    return names;
  }

  private void printRows(RowSink sink, @Nullable String column) {
    var rows = JsonNodeFactory.instance.arrayNode();
    MetricRows.of(details).stream()
        .filter(row -> column == null || row.path("column").asText().equals(column))
        .forEach(rows::add);
    print(sink, rows);
  }

  private static void print(RowSink sink, JsonNode rows) {
    rows.forEach(sink::accept);
    sink.end(NullNode.getInstance());
  }

  private String status(Colours colours) {
    String status = run.path("status").asText();
    String message = Formats.text(run.path("errorMessage"));
    return colours.byName(status, status)
        + (message.isEmpty() ? "" : ": " + DisplayText.printable(message));
  }

  private static void line(PrintWriter out, Colours colours, String label, String text) {
    if (!text.isEmpty()) {
      out.println(colours.faint(DisplayText.padRight(label, LABEL)) + text);
    }
  }
}
