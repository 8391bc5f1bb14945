package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.rest.Parameters;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The drift report of a table. */
@Command(
    name = "drift",
    description =
        "Report what changed in a table: its newest run, or another one, compared with the baseline"
            + " it was judged against, or another one.",
    footer = {
      "",
      "Examples:",
      "  profilemesh drift public.orders",
      "  profilemesh drift public.orders --baseline RUN --fail-on-drift medium"
    })
final class DriftCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final OneTable table = new OneTable();
  @Mixin final ComparisonOptions comparison = new ComparisonOptions();
  @Mixin final OutputOptions output;

  @Option(names = "--baseline", paramLabel = "RUN", description = "Run to compare with.")
  @Nullable String baseline;

  @Option(
      names = "--current",
      paramLabel = "RUN",
      description = "Run to judge (default: the newest).")
  @Nullable String current;

  DriftCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    Parameters parameters =
        new Parameters()
            .with("dataset", table.dataset(server).toString())
            .with("baseline", baseline)
            .with("current", current);
    return comparison.report(server, parameters, output);
  }
}
