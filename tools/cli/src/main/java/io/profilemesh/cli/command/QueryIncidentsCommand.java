package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.query.IncidentColumns;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.cli.run.Severity;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists incidents. */
@Command(
    name = "incidents",
    description = "List incidents, the last opened first.",
    footer = {"", "Example: profilemesh incidents --status open --min-severity medium"})
final class QueryIncidentsCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final DatasetOptions datasets = new DatasetOptions();
  @Mixin final TimeOptions time = new TimeOptions();
  @Mixin final PagingOptions paging = new PagingOptions();
  @Mixin final OutputOptions output;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Incidents that are open, or resolved.")
  @Nullable String status;

  @Option(
      names = "--severity",
      paramLabel = "SEVERITY",
      description = "Incidents of this severity now: low, medium or high.")
  @Nullable Severity severity;

  @Option(
      names = "--min-severity",
      paramLabel = "SEVERITY",
      description = "Incidents of at least this severity now.")
  @Nullable Severity minSeverity;

  @Option(names = "--column", paramLabel = "NAME", description = "Incidents about this column.")
  @Nullable String column;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "Incidents about this group of metrics, such as completeness.")
  @Nullable String group;

  @Option(names = "--assignee", paramLabel = "WHO", description = "Incidents this one works on.")
  @Nullable String assignee;

  QueryIncidentsCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    Parameters parameters = datasets.addTo(new Parameters());
    parameters
        .with("state", status)
        .with("column", column)
        .with("group", group)
        .with("assignee", assignee)
        .with("severity", severity)
        .with("minSeverity", minSeverity);
    time.addTo(parameters);
    paging.addTo(parameters);
    new Answer(server, output, paging)
        .print("/incidents", IncidentColumns.INCIDENTS, parameters, "No incidents.");
    return ExitCode.OK.code();
  }
}
