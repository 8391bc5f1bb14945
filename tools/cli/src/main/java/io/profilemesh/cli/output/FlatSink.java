package io.profilemesh.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;

/** Turns each item into the rows it stands for before it is printed. */
public final class FlatSink implements RowSink {

  private final RowSink sink;
  private final Function<JsonNode, List<? extends JsonNode>> rows;

  public FlatSink(RowSink sink, Function<JsonNode, List<? extends JsonNode>> rows) {
    this.sink = sink;
    this.rows = rows;
  }

  @Override
  public void accept(JsonNode item) {
    rows.apply(item).forEach(sink::accept);
  }

  @Override
  public void end(JsonNode next) {
    sink.end(next);
  }
}
