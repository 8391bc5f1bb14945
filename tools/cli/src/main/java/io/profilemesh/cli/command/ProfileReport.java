package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.output.OutputFormat;
import io.profilemesh.cli.output.RowSink;
import io.profilemesh.cli.query.RunColumns;
import io.profilemesh.cli.run.ProfileOrder;
import io.profilemesh.cli.run.RunOutcome;
import io.profilemesh.cli.run.Verdict;
import java.util.List;
import java.util.Locale;

/** What {@code profile} prints. */
final class ProfileReport {

  private static final List<Column> REQUESTS =
      List.of(
          Column.text("runId", "RUN"),
          Column.text("source", "SOURCE"),
          Column.text("table", "TABLE"),
          Column.text("requestId", "REQUEST"));

  private static final List<Column> OUTCOMES =
      List.of(
          Column.text("datasetId", "DATASET"),
          Column.text("status", "STATUS"),
          RunColumns.ROWS,
          Column.number("rowCount", "ROWS").only(Where.CSV_ONLY),
          Column.text("rowCountQuality", "QUALITY").only(Where.CSV_ONLY),
          Column.milliseconds("durationMs", "TOOK"),
          Column.text("outcome", "VERDICT"),
          Column.number("high", "HIGH"),
          Column.number("medium", "MEDIUM"),
          Column.number("low", "LOW"),
          Column.text("runId", "RUN"));

  private final Console console;
  private final OutputOptions output;
  private final boolean quiet;

  ProfileReport(Console console, OutputOptions output, boolean quiet) {
    this.console = console;
    this.output = output;
    this.quiet = quiet;
  }

  /** Prints what was asked for. */
  void requested(List<ProfileOrder> orders) {
    print(
        REQUESTS,
        orders.stream()
            .map(
                order ->
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("runId", order.runId().toString())
                        .put("source", order.source())
                        .put("table", order.table().pattern())
                        .put("requestId", order.requestId()))
            .toList());
    if (output.format == OutputFormat.TABLE && !quiet) {
      console
          .err()
          .println(
              "Requested. Follow it: profilemesh query runs --run-id " + orders.get(0).runId());
    }
  }

  /** Prints how the runs ended, and on standard error why some did not end well. */
  void outcomes(List<RunOutcome> outcomes) {
    print(OUTCOMES, outcomes.stream().map(ProfileReport::row).toList());
    for (RunOutcome outcome : outcomes) {
      explain(outcome);
    }
    console.err().flush();
  }

  private void explain(RunOutcome outcome) {
    JsonNode message = outcome.run().path("errorMessage");
    if (message.isTextual()) {
      String code = outcome.run().path("errorCode").asText("");
      say(
          outcome.datasetId()
              + ": "
              + message.asText()
              + (code.isEmpty() ? "" : " (" + code + ")"));
    }
    Verdict verdict = outcome.verdict();
    if (verdict != null && verdict.outcome() == Verdict.Outcome.NOT_EVALUATED) {
      verdict.notEvaluated().forEach(reason -> say(outcome.datasetId() + ": " + reason));
    }
  }

  private void say(String text) {
    console.err().println(DisplayText.printable(text));
  }

  private void print(List<Column> columns, List<ObjectNode> rows) {
    output.write(
        (out, colours) -> {
          RowSink sink = output.sink(columns, out, colours);
          rows.forEach(sink::accept);
          sink.end(NullNode.getInstance());
        });
  }

  private static ObjectNode row(RunOutcome outcome) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    for (String key :
        List.of("datasetId", "runId", "status", "rowCount", "rowCountQuality", "durationMs")) {
      row.set(key, present(outcome.run().path(key)));
    }
    Verdict verdict = outcome.verdict();
    if (verdict == null) {
      row.putNull("outcome").putNull("high").putNull("medium").putNull("low");
    } else {
      row.put("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT));
      row.put("high", verdict.high());
      row.put("medium", verdict.medium());
      row.put("low", verdict.low());
    }
    for (String key : List.of("errorCode", "errorMessage")) {
      row.set(key, present(outcome.run().path(key)));
    }
    return row;
  }

  private static JsonNode present(JsonNode value) {
    return value.isMissingNode() ? NullNode.getInstance() : value;
  }
}
