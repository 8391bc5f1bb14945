package io.profilemesh.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Questions to the history. */
@Command(
    name = "query",
    description =
        "Ask the history and the catalogue: runs, drift, incidents, one run, one table, tables,"
            + " columns, states of tables, pipelines; or search.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QueryRunsCommand.class,
      QueryDriftCommand.class,
      QueryIncidentsCommand.class,
      QueryRunCommand.class,
      QueryTableCommand.class,
      QueryTablesCommand.class,
      QueryColumnsCommand.class,
      QuerySearchCommand.class,
      QueryStatesCommand.class,
      QueryPipelinesCommand.class
    })
final class QueryCommand implements Runnable {

  @Mixin final HelpOption help = new HelpOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what to query is missing");
  }
}
