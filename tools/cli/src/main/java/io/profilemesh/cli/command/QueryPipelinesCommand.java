package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.query.PipelineColumns;
import io.profilemesh.cli.rest.Parameters;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists pipelines, or what they and other requests with several runs led to. */
@Command(
    name = "pipelines",
    description =
        "List pipelines with the totals of their runs; with --runs, each firing and each request"
            + " for several tables.",
    footer = {"", "Example: profilemesh query pipelines --runs --pipeline nightly --days 7"})
final class QueryPipelinesCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final TimeOptions time = new TimeOptions();
  @Mixin final PagingOptions paging = new PagingOptions();
  @Mixin final OutputOptions output;

  @Option(names = "--pipeline", paramLabel = "NAME", description = "This pipeline.")
  @Nullable String pipeline;

  @Option(
      names = "--runs",
      description = "Firings, and requests for several tables, newest first; times are theirs.")
  boolean runs;

  QueryPipelinesCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    Parameters parameters = new Parameters().with("pipeline", pipeline);
    paging.addTo(parameters);
    Answer answer = new Answer(server, output, paging);
    if (runs) {
      time.addTo(parameters);
      answer.print(
          "/pipeline-runs", PipelineColumns.RUNS, parameters, "No firings and no such requests.");
    } else {
      answer.print("/pipelines", PipelineColumns.PIPELINES, parameters, NONE);
    }
    return ExitCode.OK.code();
  }

  static final String NONE =
      "No pipelines: no entry of the profiler's configuration has a schedule.";
}
