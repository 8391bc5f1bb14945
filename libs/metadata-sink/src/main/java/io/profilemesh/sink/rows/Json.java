package io.profilemesh.sink.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.schema.ColumnJudgement;
import io.profilemesh.schema.FrequentValue;
import io.profilemesh.schema.FrequentValues;
import io.profilemesh.schema.Histogram;
import io.profilemesh.schema.MetricJudgement;
import io.profilemesh.schema.NotEvaluated;
import io.profilemesh.schema.PlanDecision;
import io.profilemesh.schema.Quantiles;
import io.profilemesh.schema.Sampling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Structures as JSON, with the field names that REST answers with. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static ArrayNode array() {
    return NODES.arrayNode();
  }

  static String text(Object node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of nodes can always be written", e);
    }
  }

  static void put(ObjectNode object, String name, @Nullable String value) {
    if (value != null) {
      object.put(name, StorableText.of(value));
    }
  }

  static void put(ObjectNode object, String name, @Nullable Double value) {
    if (value != null) {
      object.put(name, value);
    }
  }

  static ArrayNode texts(List<String> values) {
    ArrayNode array = NODES.arrayNode(values.size());
    values.forEach(value -> array.add(StorableText.of(value)));
    return array;
  }

  static ArrayNode numbers(List<Double> values) {
    ArrayNode array = NODES.arrayNode(values.size());
    values.forEach(array::add);
    return array;
  }

  static @Nullable String sampling(@Nullable Sampling sampling) {
    if (sampling == null) {
      return null;
    }
    return text(
        object()
            .put("method", Words.of(sampling.getMethod()))
            .put("fraction", sampling.getFraction())
            .put("rowLimit", sampling.getRowLimit())
            .put("seed", sampling.getSeed()));
  }

  static @Nullable String plan(@Nullable PlanDecision plan) {
    if (plan == null) {
      return null;
    }
    ObjectNode node = object();
    put(node, "decision", plan.getDecision());
    put(node, "reason", plan.getReason());
    put(node, "changeToken", plan.getChangeToken());
    node.put("rows", plan.getRows());
    node.put("bytes", plan.getBytes());
    node.put("seconds", plan.getSeconds());
    node.put("fullRows", plan.getFullRows());
    node.put("fullBytes", plan.getFullBytes());
    node.put("fullSeconds", plan.getFullSeconds());
    return text(node);
  }

  static @Nullable String histogram(@Nullable Histogram histogram) {
    if (histogram == null) {
      return null;
    }
    ArrayNode counts = NODES.arrayNode();
    histogram.getCounts().forEach(counts::add);
    ObjectNode node = object();
    node.set("edges", numbers(histogram.getEdges()));
    node.set("counts", counts);
    return text(node.put("quality", Words.of(histogram.getQuality())));
  }

  static @Nullable String quantiles(@Nullable Quantiles quantiles) {
    if (quantiles == null) {
      return null;
    }
    ObjectNode node = object();
    node.set("ranks", numbers(quantiles.getRanks()));
    node.set("values", numbers(quantiles.getValues()));
    return text(node.put("rankError", quantiles.getRankError()));
  }

  static @Nullable String frequentValues(@Nullable FrequentValues frequent) {
    if (frequent == null) {
      return null;
    }
    ArrayNode values = NODES.arrayNode();
    for (FrequentValue one : frequent.getValues()) {
      ObjectNode value = values.addObject();
      put(value, "value", one.getValue());
      put(value, "hash", one.getHash());
      value.put("count", one.getCount()).put("countError", one.getCountError());
    }
    ObjectNode node = object();
    node.set("values", values);
    node.put("total", frequent.getTotal()).put("quality", Words.of(frequent.getQuality()));
    return text(node);
  }

  static String notEvaluated(List<NotEvaluated> reasons) {
    ArrayNode array = NODES.arrayNode();
    for (NotEvaluated reason : reasons) {
      ObjectNode node = array.addObject();
      put(node, "column", reason.getColumn());
      put(node, "metric", reason.getMetric());
      put(node, "code", reason.getCode());
      put(node, "message", reason.getMessage());
    }
    return text(array);
  }

  static String judgements(List<ColumnJudgement> columns) {
    ArrayNode array = NODES.arrayNode();
    for (ColumnJudgement column : columns) {
      ObjectNode node = array.addObject();
      put(node, "column", column.getColumn());
      ArrayNode metrics = node.putArray("metrics");
      for (MetricJudgement metric : column.getMetrics()) {
        ObjectNode one = metrics.addObject();
        put(one, "metric", metric.getMetric());
        put(one, "baseline", metric.getBaseline());
        put(one, "lower", metric.getLower());
        put(one, "upper", metric.getUpper());
        put(one, "current", metric.getCurrent());
        put(one, "findingId", metric.getFindingId());
      }
    }
    return text(array);
  }
}
