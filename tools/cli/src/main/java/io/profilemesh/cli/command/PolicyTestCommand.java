package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Colours;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import io.profilemesh.cli.output.CsvSink;
import io.profilemesh.cli.output.RowSink;
import io.profilemesh.cli.output.TableSink;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.cli.run.Severity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries policies on the stored history. */
@Command(
    name = "test",
    description =
        "Say what policies would change before they are applied: stored runs are judged again under"
            + " them, and what would fire is compared with what did. Nothing is written.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing new would fire",
      "1:the command failed",
      "2:the command line or a policy is wrong",
      "3:something would fire that did not, or more severely",
      "4:no run could be judged again"
    },
    footer = {"", "Example: profilemesh policy test orders.json --dataset 'shop/*' --days 90"})
final class PolicyTestCommand implements Callable<Integer> {

  private static final List<Column> DIFFERENCES =
      List.of(
          Column.instant("at", "RUN (UTC)"),
          Column.text("difference", "CHANGE"),
          Column.text("fired", "FIRED"),
          Column.text("wouldFire", "WOULD FIRE"),
          Column.text("datasetId", "DATASET"),
          Column.text("runId", "RUN").only(Where.CSV_ONLY),
          Column.text("column", "COLUMN"),
          Column.text("metric", "METRIC"),
          Column.text("message", "WHAT"));

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final TimeOptions time = new TimeOptions();
  @Mixin final OutputOptions output;

  @picocli.CommandLine.Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "JSON files, each one policy or a list of them.")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--remove",
      paramLabel = "POLICY",
      description = "Try it without this policy; may be repeated.")
  List<String> removed = new ArrayList<>();

  @Option(
      names = "--dataset",
      paramLabel = "PATTERN",
      description = "Runs of these datasets: an id, or a pattern such as 'shop/public/*'.")
  @Nullable String dataset;

  @Option(
      names = "--fail-on-drift",
      paramLabel = "SEVERITY",
      defaultValue = "LOW",
      description =
          "Severity from which something new ends with exit code 3: low, medium or high (default:"
              + " low).")
  Severity failOnDrift = Severity.LOW;

  PolicyTestCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    JsonNode trial = server.rest().send("POST", "/policies/test", new Parameters(), body()).body();
    output.write(
        (out, colours) -> {
          switch (output.format) {
            case TABLE -> table(trial, out, colours);
            case JSON -> out.println(trial.toPrettyString());
            case CSV -> differences(trial, new CsvSink(DIFFERENCES, out));
          }
        });
    if (!trial.path("complete").asBoolean(true)) {
      server
          .session()
          .console()
          .err()
          .println(
              "There was more history than could be judged in time: name fewer datasets or days.");
      server.session().console().err().flush();
    }
    return exitCode(trial).code();
  }

  private ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode policies = body.putArray("policies");
    files.forEach(file -> PolicyCommands.read(file).forEach(policies::add));
    if (policies.isEmpty() && removed.isEmpty()) {
      throw Failure.usage("no policies to try are named", "Name a file, or --remove POLICY.");
    }
    removed.forEach(body.putArray("removed")::add);
    Parameters times = time.addTo(new Parameters());
    for (String name : List.of("days", "from", "to")) {
      String value = times.get(name);
      if (value != null) {
        body.put(name, value);
      }
    }
    if (dataset != null) {
      body.put("datasetPattern", dataset);
    }
    return body;
  }

  private ExitCode exitCode(JsonNode trial) {
    if (trial.path("runs").asInt() == 0) {
      return ExitCode.NOT_EVALUATED;
    }
    JsonNode totals = trial.path("totals");
    int worse =
        switch (failOnDrift) {
          case LOW -> total(totals, "Low") + total(totals, "Medium") + total(totals, "High");
          case MEDIUM -> total(totals, "Medium") + total(totals, "High");
          case HIGH -> total(totals, "High");
        };
    return worse > 0 ? ExitCode.DRIFT : ExitCode.OK;
  }

  private static int total(JsonNode totals, String severity) {
    return totals.path("worse" + severity).asInt();
  }

  private static void table(JsonNode trial, PrintWriter out, Colours colours) {
    JsonNode totals = trial.path("totals");
    out.println(
        "%d runs of %d datasets judged again: %d findings fired, %d would."
            .formatted(
                trial.path("runs").asLong(),
                trial.path("datasets").asLong(),
                totals.path("fired").asLong(),
                totals.path("wouldFire").asLong()));
    out.println(
        "%d new, %d gone, %d more severe, %d less severe."
            .formatted(
                totals.path("added").asLong(),
                totals.path("gone").asLong(),
                totals.path("raised").asLong(),
                totals.path("lowered").asLong()));
    if (totals.path("unexplained").asLong() > 0) {
      out.println(
          "%d that fired cannot be told any more and are not compared."
              .formatted(totals.path("unexplained").asLong()));
    }
    if (!trial.path("differences").isEmpty()) {
      out.println();
      differences(trial, new TableSink(DIFFERENCES, out, colours));
    }
  }

  private static void differences(JsonNode trial, RowSink sink) {
    trial.path("differences").forEach(sink::accept);
    sink.end(NullNode.getInstance());
  }
}
