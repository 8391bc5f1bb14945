package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.query.PipelineColumns;
import io.profilemesh.cli.rest.Parameters;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what is last known of tables. */
@Command(
    name = "states",
    description = "List the last state of each table: when it was read, what was decided, why.",
    footer = {"", "Example: profilemesh query states --table orders --format json"})
final class QueryStatesCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final CatalogueFilters filters = new CatalogueFilters();
  @Mixin final PagingOptions paging = new PagingOptions();
  @Mixin final OutputOptions output;

  QueryStatesCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    Parameters parameters = paging.addTo(filters.addTo(new Parameters()));
    new Answer(server, output, paging)
        .print("/table-states", PipelineColumns.STATES, parameters, "No tables are known yet.");
    return ExitCode.OK.code();
  }
}
