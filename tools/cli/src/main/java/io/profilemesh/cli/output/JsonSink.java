package io.profilemesh.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** Prints one object with {@code items} and {@code next}, the form that REST answers in. */
public final class JsonSink implements RowSink {

  private final PrintWriter out;
  private boolean begun;

  public JsonSink(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void accept(JsonNode item) {
    out.print(begun ? ",\n  " : "{\"items\": [\n  ");
    out.print(item);
    begun = true;
  }

  @Override
  public void end(JsonNode next) {
    out.print(begun ? "\n]" : "{\"items\": []");
    out.println(", \"next\": " + (next.isTextual() ? next.toString() : "null") + "}");
    out.flush();
  }
}
