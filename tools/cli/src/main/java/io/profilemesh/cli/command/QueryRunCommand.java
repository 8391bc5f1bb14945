package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.query.RunDetails;
import io.profilemesh.cli.rest.Parameters;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows one run. */
@Command(
    name = "run",
    description =
        "Show one run: an overview of its columns, or every metric with --column or --format csv.",
    footer = {"", "Example: profilemesh query run RUN --dataset shop.public.orders --column total"})
final class QueryRunCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final OutputOptions output;

  @picocli.CommandLine.Parameters(
      paramLabel = "RUN",
      description = "Run id, as query runs shows it.")
  @SuppressWarnings("NullAway.Init")
  String run;

  @Option(
      names = "--dataset",
      paramLabel = "ID",
      description = "Which dataset, when the run covers several: source.schema.table.")
  @Nullable String dataset;

  @Option(names = "--column", paramLabel = "NAME", description = "Every metric of this column.")
  @Nullable String column;

  QueryRunCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    Parameters parameters = new Parameters().with("dataset", DatasetOptions.canonical(dataset));
    JsonNode answer = server.rest().get("/runs/" + Parameters.segment(run), parameters);
    RunDetails details = new RunDetails(answer);
    if (column != null && !details.hasColumn(column)) {
      throw Failure.failed(
          "the run has no column '" + column + "'",
          "It has: " + String.join(", ", details.names()));
    }
    output.write(
        (out, colours) -> {
          switch (output.format) {
            case TABLE -> details.printTable(out, colours, column);
            case JSON -> out.println(answer.toPrettyString());
            case CSV -> details.printCsv(out, column);
          }
        });
    return ExitCode.OK.code();
  }
}
