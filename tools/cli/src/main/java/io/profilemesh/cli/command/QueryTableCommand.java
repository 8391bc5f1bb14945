package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.query.HistoryColumns;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.cli.run.SourceChoice;
import io.profilemesh.cli.run.TableName;
import io.profilemesh.core.profile.DatasetId;
import java.util.List;
import java.util.Set;
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

  @picocli.CommandLine.Parameters(
      paramLabel = "TABLE",
      description = "schema.table or source.schema.table.")
  @SuppressWarnings("NullAway.Init")
  String table;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Source of the table; not needed where there is only one.")
  @Nullable String source;

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
    DatasetId dataset = dataset();
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

  private DatasetId dataset() {
    TableName name = TableName.parse(table);
    SourceChoice sources =
        new SourceChoice(
            source != null ? source : server.session().variable("PROFILEMESH_SOURCE").orElse(null),
            () -> server.server == null ? server.mesh().sources() : Set.of(),
            server::rest);
    return name.dataset(sources.of(name))
        .orElseThrow(
            () ->
                Failure.usage(
                    "'" + table + "' is a pattern, but a history is of one table",
                    "Write schema.table."));
  }
}
