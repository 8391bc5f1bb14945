package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.output.OutputFormat;
import io.profilemesh.cli.output.RowSink;
import io.profilemesh.cli.rest.Rest;
import io.profilemesh.cli.run.OrderSender;
import io.profilemesh.cli.run.ProfileOrder;
import io.profilemesh.cli.run.RunFollower;
import io.profilemesh.cli.run.RunOutcome;
import io.profilemesh.cli.run.RunsApi;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Asks the profiler for its plan, and prints it. */
final class Plan {

  private static final List<String> FIELDS =
      List.of(
          "decision",
          "reason",
          "rows",
          "bytes",
          "seconds",
          "fullRows",
          "fullBytes",
          "fullSeconds",
          "changeToken");

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("datasetId", "DATASET"),
          Column.text("decision", "DECISION"),
          Column.number("rows", "ROWS"),
          Column.number("bytes", "BYTES").shown(PlanTotals::size),
          Column.number("seconds", "TIME").shown(PlanTotals::time),
          Column.number("fullRows", "ALL ROWS"),
          Column.number("fullBytes", "ALL BYTES").shown(PlanTotals::size),
          Column.number("fullSeconds", "ALL TIME").shown(PlanTotals::time),
          Column.text("reason", "WHY"),
          Column.text("changeToken", "TOKEN").only(Where.CSV_ONLY),
          Column.text("errorCode", "ERROR").only(Where.CSV_ONLY));

  private final Session session;
  private final KafkaOptions mesh;
  private final OutputOptions output;

  Plan(Session session, KafkaOptions mesh, OutputOptions output) {
    this.session = session;
    this.mesh = mesh;
    this.output = output;
  }

  /** Sends the orders, waits for their answers and prints them. */
  ExitCode show(List<ProfileOrder> orders, Duration timeout) throws InterruptedException {
    Rest rest = mesh.rest(mesh.server);
    try (OrderSender sender = mesh.sender()) {
      sender.send(orders);
    }
    InstantSource clock = InstantSource.system();
    RunFollower follower =
        new RunFollower(new RunsApi(rest), clock, time -> Thread.sleep(time.toMillis()));
    Instant deadline = clock.instant().plus(timeout);
    List<RunOutcome> outcomes = new ArrayList<>();
    boolean complete = true;
    for (ProfileOrder order : orders) {
      RunFollower.Followed followed = follower.followRequest(order, deadline, run -> {});
      outcomes.addAll(followed.outcomes());
      complete &= followed.complete();
    }
    print(outcomes);
    if (!complete) {
      throw Failure.failed(
          "the plan was not complete within " + timeout.toSeconds() + " s",
          "Is a profiler running? See: profilemesh status");
    }
    boolean failed = outcomes.stream().anyMatch(run -> run.status().equals("failed"));
    return failed ? ExitCode.FAILED : ExitCode.OK;
  }

  private void print(List<RunOutcome> outcomes) {
    List<ObjectNode> rows =
        outcomes.stream().filter(run -> run.run().path("plan").isObject()).map(Plan::row).toList();
    output.write(
        (out, colours) -> {
          RowSink sink = output.sink(COLUMNS, out, colours);
          rows.forEach(sink::accept);
          sink.end(NullNode.getInstance());
        });
    for (RunOutcome run : outcomes) {
      JsonNode message = run.run().path("errorMessage");
      if (run.status().equals("failed") && message.isTextual()) {
        say(
            run.datasetId()
                + ": "
                + message.asText()
                + " ("
                + run.run().path("errorCode").asText()
                + ')');
      }
    }
    if (output.format == OutputFormat.TABLE && !rows.isEmpty()) {
      PlanTotals.of(rows).lines().forEach(this::say);
    }
    session.console().err().flush();
  }

  private void say(String text) {
    session.console().err().println(DisplayText.printable(text));
  }

  private static ObjectNode row(RunOutcome run) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("datasetId", run.datasetId());
    FIELDS.forEach(field -> row.set(field, present(run.run().path("plan").path(field))));
    row.set("errorCode", NullNode.getInstance());
    return row;
  }

  private static JsonNode present(JsonNode value) {
    return value.isMissingNode() ? NullNode.getInstance() : value;
  }
}
