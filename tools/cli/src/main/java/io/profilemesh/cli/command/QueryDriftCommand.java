package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.query.DriftColumns;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.cli.run.Severity;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists drift events. */
@Command(
    name = "drift",
    description = "List drift events, newest first.",
    footer = {
      "",
      "Example: profilemesh query drift --table customers --min-severity medium --days 7"
    })
final class QueryDriftCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final DatasetOptions datasets = new DatasetOptions();
  @Mixin final TimeOptions time = new TimeOptions();
  @Mixin final PagingOptions paging = new PagingOptions();
  @Mixin final OutputOptions output;

  @Option(
      names = "--severity",
      paramLabel = "SEVERITY",
      description = "Events of this severity: low, medium or high.")
  @Nullable Severity severity;

  @Option(
      names = "--min-severity",
      paramLabel = "SEVERITY",
      description = "Events of at least this severity.")
  @Nullable Severity minSeverity;

  @Option(names = "--run-id", paramLabel = "RUN", description = "Events of this run.")
  @Nullable String runId;

  @Option(names = "--column", paramLabel = "NAME", description = "Events about this column.")
  @Nullable String column;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "Events about this metric, such as null_percent.")
  @Nullable String metric;

  QueryDriftCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    Parameters parameters = datasets.addTo(new Parameters());
    parameters
        .with("runId", runId)
        .with("column", column)
        .with("metric", metric)
        .with("severity", severity)
        .with("minSeverity", minSeverity);
    time.addTo(parameters);
    paging.addTo(parameters);
    new Answer(server, output, paging)
        .print("/drift-events", DriftColumns.EVENTS, parameters, "No drift events.");
    return ExitCode.OK.code();
  }
}
