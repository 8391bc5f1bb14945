package io.profilemesh.query.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ranges that feedback made wider, as the verdict of the stream has them. Nothing else of a verdict
 * with the same baseline and policies can be wider than what is worked out again.
 */
final class WidenedRanges {

  private WidenedRanges() {}

  /**
   * Judgements with the ranges of a verdict where these are wider, and marked {@code widened}.
   *
   * @param judgements worked out again; not changed
   * @param ofVerdict those of the verdict; null: it has none
   */
  static JsonNode in(JsonNode judgements, @Nullable JsonNode ofVerdict) {
    Map<List<String>, JsonNode> told = new HashMap<>();
    if (ofVerdict != null) {
      ofVerdict.forEach(
          column ->
              column.path("metrics").forEach(metric -> told.put(key(column, metric), metric)));
    }
    JsonNode all = judgements.deepCopy();
    for (JsonNode column : all) {
      for (JsonNode metric : column.path("metrics")) {
        JsonNode other = told.get(key(column, metric));
        if (other != null && metric instanceof ObjectNode range) {
          widen(range, other);
        }
      }
    }
    return all;
  }

  private static List<String> key(JsonNode column, JsonNode metric) {
    return List.of(column.path("column").asText(), metric.path("metric").asText());
  }

  private static void widen(ObjectNode range, JsonNode other) {
    boolean lower = differ(other.path("lower"), range.path("lower"), -1);
    boolean upper = differ(other.path("upper"), range.path("upper"), 1);
    if (lower) {
      range.set("lower", other.get("lower"));
    }
    if (upper) {
      range.set("upper", other.get("upper"));
    }
    if (lower || upper) {
      range.put("widened", true);
    }
  }

  /** Whether one number is beyond another one, in a direction, by more than its last digits. */
  private static boolean differ(JsonNode one, JsonNode other, int direction) {
    if (!one.isNumber() || !other.isNumber()) {
      return false;
    }
    double beyond = (one.asDouble() - other.asDouble()) * direction;
    return beyond > 1e-9 * Math.max(Math.abs(one.asDouble()), Math.abs(other.asDouble()));
  }
}
