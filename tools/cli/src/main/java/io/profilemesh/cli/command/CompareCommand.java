package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.rest.Parameters;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares two runs, or a run with a window of runs. */
@Command(
    name = "compare",
    description =
        "Compare two runs of a table, or one run with earlier ones, as the drift service would."
            + " Of one run alone, the baseline it was judged against is taken.",
    footer = {
      "",
      "Examples:",
      "  profilemesh compare BASELINE CURRENT",
      "  profilemesh compare CURRENT --runs 14 --fail-on-drift medium",
      "  profilemesh compare CURRENT --baseline-from 2026-10-01 --baseline-to 2026-11-01"
    })
final class CompareCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final ComparisonOptions comparison = new ComparisonOptions();
  @Mixin final OutputOptions output;

  @picocli.CommandLine.Parameters(
      paramLabel = "RUN",
      arity = "1..2",
      description = "The run to compare with, then the run to judge; or that one alone.")
  @SuppressWarnings("NullAway.Init")
  List<String> runs;

  @Option(
      names = "--dataset",
      paramLabel = "ID",
      description = "Which dataset, when the run covers several: source.schema.table.")
  @Nullable String dataset;

  @Option(names = "--table", paramLabel = "NAME", description = "The same by the table's name.")
  @Nullable String table;

  CompareCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    Parameters parameters =
        new Parameters()
            .with("baseline", runs.size() > 1 ? runs.get(0) : null)
            .with("current", runs.get(runs.size() - 1))
            .with("dataset", DatasetOptions.canonical(dataset))
            .with("table", table);
    return comparison.report(server, parameters, output);
  }
}
