package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.FlatSink;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.cli.output.OutputFormat;
import io.profilemesh.cli.output.ProgressLine;
import io.profilemesh.cli.output.RowSink;
import io.profilemesh.cli.query.Listing;
import io.profilemesh.cli.query.Listing.Brought;
import io.profilemesh.cli.rest.Parameters;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;

/** Prints a listing in the form asked for, and on standard error whether there is more. */
final class Answer {

  private final ServerOptions server;
  private final OutputOptions output;
  private final PagingOptions paging;

  Answer(ServerOptions server, OutputOptions output, PagingOptions paging) {
    this.server = server;
    this.output = output;
    this.paging = paging;
  }

  void print(String path, List<Column> columns, Parameters parameters, String whenEmpty) {
    print(path, columns, List::of, parameters, whenEmpty);
  }

  /**
   * Prints a listing whose items stand for several rows each.
   *
   * @param rows rows of an item in tables and CSV; JSON keeps the items
   */
  void print(
      String path,
      List<Column> columns,
      Function<JsonNode, List<? extends JsonNode>> rows,
      Parameters parameters,
      String whenEmpty) {
    Listing listing = new Listing(server.rest(), path);
    output.write(
        (out, colours) -> {
          RowSink plain = output.sink(columns, out, colours);
          RowSink sink = output.format == OutputFormat.JSON ? plain : new FlatSink(plain, rows);
          tell(bring(listing, parameters, sink), whenEmpty);
        });
  }

  /** On a terminal rows may already be seen: no line is drawn between them. */
  private Brought bring(Listing listing, Parameters parameters, RowSink sink) {
    if (!paging.all) {
      return listing.page(parameters, sink);
    }
    ProgressLine progress = new ProgressLine(server.session().console());
    boolean silent = output.output == null && output.format != OutputFormat.TABLE;
    try {
      return listing.all(
          parameters,
          sink,
          items -> {
            if (!silent) {
              progress.show(Formats.count(items, "item") + " read");
            }
          },
          progress::clear);
    } finally {
      progress.clear();
    }
  }

  private void tell(Brought brought, String whenEmpty) {
    PrintWriter err = server.session().console().err();
    if (output.format != OutputFormat.TABLE) {
      return;
    }
    if (brought.items() == 0) {
      err.println(whenEmpty);
    } else if (brought.next().isTextual()) {
      err.println("There are more: add --all, or --cursor " + brought.next().asText());
    }
  }
}
