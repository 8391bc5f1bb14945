package io.profilemesh.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * A column of a listing.
 *
 * @param key name in CSV, stable
 * @param heading name in a table
 * @param align side on which cells stand in a table
 * @param value value of an item; a missing or null node is an empty cell
 * @param display how a table shows the value
 * @param where outputs that have the column
 */
public record Column(
    String key,
    String heading,
    Align align,
    Function<JsonNode, JsonNode> value,
    Function<JsonNode, String> display,
    Where where) {

  /** Side on which cells stand. */
  public enum Align {
    LEFT,
    RIGHT
  }

  /** Outputs that have a column. */
  public enum Where {
    EVERYWHERE,
    TABLE_ONLY,
    CSV_ONLY
  }

  /** A text column. */
  public static Column text(String key, String heading) {
    return new Column(
        key, heading, Align.LEFT, item -> item.path(key), Formats::text, Where.EVERYWHERE);
  }

  /** A number column; tables group its digits. */
  public static Column number(String key, String heading) {
    return new Column(
        key, heading, Align.RIGHT, item -> item.path(key), Formats::number, Where.EVERYWHERE);
  }

  /** An instant; tables show UTC to the second. */
  public static Column instant(String key, String heading) {
    return new Column(
        key, heading, Align.LEFT, item -> item.path(key), Formats::instant, Where.EVERYWHERE);
  }

  /** A number of milliseconds; tables show seconds. */
  public static Column milliseconds(String key, String heading) {
    return new Column(
        key, heading, Align.RIGHT, item -> item.path(key), Formats::seconds, Where.EVERYWHERE);
  }

  /** The same column with another value. */
  public Column from(Function<JsonNode, JsonNode> other) {
    return new Column(key, heading, align, other, display, where);
  }

  /** The same column shown otherwise in tables. */
  public Column shown(Function<JsonNode, String> other) {
    return new Column(key, heading, align, value, other, where);
  }

  /** The same column in some outputs only. */
  public Column only(Where outputs) {
    return new Column(key, heading, align, value, display, outputs);
  }
}
