package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.OutputFormat;
import io.profilemesh.cli.query.CatalogueColumns;
import io.profilemesh.cli.query.TableCard;
import io.profilemesh.cli.rest.Parameters;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what the catalogue knows of a table and its columns. */
@Command(
    name = "columns",
    description =
        "Show what the catalogue knows of a table: owner, description, tags, and its columns with"
            + " those that are gone.",
    footer = {"", "Example: profilemesh query columns public.orders --format csv"})
final class QueryColumnsCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final OneTable table = new OneTable();
  @Mixin final OutputOptions output;

  QueryColumnsCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    String dataset = Parameters.segment(table.dataset(server).toString());
    JsonNode answer = server.rest().get("/tables/" + dataset, new Parameters());
    if (output.format == OutputFormat.CSV) {
      output.list(CatalogueColumns.COLUMNS, answer.path("columns"));
    } else {
      output.write(
          (out, colours) -> {
            if (output.format == OutputFormat.JSON) {
              out.println(answer.toPrettyString());
            } else {
              new TableCard(answer).print(out, colours);
            }
          });
    }
    return ExitCode.OK.code();
  }
}
