package io.profilemesh.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.profilemesh.cli.output.RowSink;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.cli.rest.Rest;
import java.util.function.LongConsumer;

/** Brings the items of a listing to a sink, one page or all of them. */
public final class Listing {

  private static final int LARGEST_PAGE = 500;

  private final Rest rest;
  private final String path;

  public Listing(Rest rest, String path) {
    this.rest = rest;
    this.path = path;
  }

  /**
   * What was brought.
   *
   * @param items number of items
   * @param next cursor of the page after; a null node where there is none
   */
  public record Brought(long items, JsonNode next) {}

  /** Brings one page. */
  public Brought page(Parameters parameters, RowSink sink) {
    JsonNode page = rest.get(path, parameters);
    long items = bring(page, sink);
    sink.end(page.path("next"));
    return new Brought(items, page.path("next"));
  }

  /**
   * Brings every page.
   *
   * @param seen hears after each page how many items were brought so far
   * @param last runs before the sink is told of the end
   */
  public Brought all(Parameters parameters, RowSink sink, LongConsumer seen, Runnable last) {
    parameters.with("limit", LARGEST_PAGE);
    long items = 0;
    while (true) {
      JsonNode page = rest.get(path, parameters);
      items += bring(page, sink);
      JsonNode next = page.path("next");
      seen.accept(items);
      if (!next.isTextual()) {
        last.run();
        sink.end(NullNode.getInstance());
        return new Brought(items, NullNode.getInstance());
      }
      parameters.with("cursor", next.asText());
    }
  }

  private static long bring(JsonNode page, RowSink sink) {
    JsonNode items = page.path("items");
    items.forEach(sink::accept);
    return items.size();
  }
}
