package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.OutputFormat;
import io.profilemesh.cli.query.CatalogueColumns;
import io.profilemesh.cli.rest.Parameters;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Searches the catalogue and the incidents. */
@Command(
    name = "search",
    description =
        "Find tables, columns and incidents by the beginnings of words: in names, owners, tags,"
            + " descriptions and the sentences of incidents.",
    footer = {"", "Example: profilemesh query search email --kind column"})
final class QuerySearchCommand implements Callable<Integer> {

  private static final int MOST = 100;

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final OutputOptions output;

  @picocli.CommandLine.Parameters(
      paramLabel = "WORD",
      arity = "1..*",
      description = "Words to look for: each of them has to be there.")
  @SuppressWarnings("NullAway.Init")
  List<String> words;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only these: table, column or incident.")
  @Nullable String kind;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most this many of a kind, 1 to 100 (default: 20).")
  @Nullable Integer limit;

  QuerySearchCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    if (limit != null && (limit < 1 || limit > MOST)) {
      throw Failure.usage("--limit is " + limit, "It can be 1 to " + MOST + ".");
    }
    Parameters parameters =
        new Parameters().with("q", String.join(" ", words)).with("kind", kind).with("limit", limit);
    JsonNode hits = server.rest().get("/search", parameters);
    output.list(CatalogueColumns.HITS, hits);
    if (hits.isEmpty() && output.format == OutputFormat.TABLE) {
      server.session().console().err().println("Nothing found.");
    }
    return ExitCode.OK.code();
  }
}
