package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.query.HistoryColumns;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.core.profile.DatasetId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how a table's metrics moved. */
@Command(
    name = "table",
    description =
        "Show the history of a table, newest run first; with --column or --metric, how its metrics"
            + " moved.",
    footer = {
      "",
      "Examples:",
      "  profilemesh query table public.orders --days 90",
      "  profilemesh query table public.orders --column total --metric mean --format csv"
    })
final class QueryTableCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final TimeOptions time = new TimeOptions();
  @Mixin final PagingOptions paging = new PagingOptions();
  @Mixin final OutputOptions output;

  @Mixin final OneTable table = new OneTable();

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = "Metrics of this column; without it, of the table itself.")
  @Nullable String column;

  @Option(names = "--metric", paramLabel = "NAME", description = "This metric, such as mean.")
  @Nullable String metric;

  QueryTableCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    DatasetId dataset = table.dataset(server);
    Parameters parameters = new Parameters().with("column", column).with("metric", metric);
    boolean metrics = column != null || metric != null;
    time.addTo(parameters);
    paging.addTo(parameters);
    new Answer(server, output, paging)
        .print(
            "/tables/" + Parameters.segment(dataset.toString()) + "/history",
            metrics ? HistoryColumns.METRICS : HistoryColumns.RUNS,
            metrics ? HistoryColumns::metrics : List::of,
            parameters,
            "No completed runs of " + dataset + ".");
    return ExitCode.OK.code();
  }
}
