package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.query.CatalogueColumns;
import io.profilemesh.cli.rest.Parameters;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists tables. */
@Command(
    name = "tables",
    description = "List tables by name, with their newest profile and verdict.",
    footer = {
      "",
      "Examples:",
      "  profilemesh query tables --schema public",
      "  profilemesh query tables --owner shop-team --tag gold --all --format csv"
    })
final class QueryTablesCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final CatalogueFilters filters = new CatalogueFilters();
  @Mixin final PagingOptions paging = new PagingOptions();
  @Mixin final OutputOptions output;

  QueryTablesCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    Parameters parameters = paging.addTo(filters.addTo(new Parameters()));
    new Answer(server, output, paging)
        .print("/tables", CatalogueColumns.TABLES, parameters, "No tables are known.");
    return ExitCode.OK.code();
  }
}
