package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.query.RunColumns;
import io.profilemesh.cli.rest.Parameters;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(
    name = "runs",
    description = "List runs, newest first.",
    footer = {"", "Example: profilemesh query runs --table orders --status failed --days 7"})
final class QueryRunsCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final DatasetOptions datasets = new DatasetOptions();
  @Mixin final TimeOptions time = new TimeOptions();
  @Mixin final PagingOptions paging = new PagingOptions();
  @Mixin final OutputOptions output;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description =
          "Runs in this state: requested, running, completed, failed, skipped or cancelled.")
  @Nullable String status;

  @Option(names = "--run-id", paramLabel = "RUN", description = "The datasets of this run.")
  @Nullable String runId;

  QueryRunsCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    Parameters parameters = datasets.addTo(new Parameters());
    parameters.with("status", status).with("runId", runId);
    time.addTo(parameters);
    paging.addTo(parameters);
    new Answer(server, output, paging).print("/runs", RunColumns.RUNS, parameters, "No runs.");
    return ExitCode.OK.code();
  }
}
