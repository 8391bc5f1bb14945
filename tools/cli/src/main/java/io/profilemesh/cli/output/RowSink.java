package io.profilemesh.cli.output;

import com.fasterxml.jackson.databind.JsonNode;

/** Takes the items of a listing one by one and prints them. */
public interface RowSink {

  /** Takes one item. */
  void accept(JsonNode item);

  /**
   * Ends the listing. {@code next} leads to the rest of it: a missing or null node where none is.
   */
  void end(JsonNode next);
}
