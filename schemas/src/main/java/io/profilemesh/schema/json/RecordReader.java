package io.profilemesh.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.schema.serde.AvroGuards;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Builds records from JSON trees by their schema: what is not a field is refused, what is missing
 * gets its default.
 */
final class RecordReader {

  static {
    AvroGuards.apply();
  }

  private static final int LONGEST_QUOTED_KEY = 60;

  private final SpecificData model;

  RecordReader(SpecificData model) {
    this.model = model;
  }

  /** Reads an object; {@code path} is where it stands, empty for the whole document. */
  IndexedRecord read(JsonNode node, Schema schema, String path) throws JsonFormatException {
    if (!node.isObject()) {
      throw new JsonFormatException(
          (path.isEmpty() ? "the document" : path) + " must be an object");
    }
    refuseUnknown(node, schema, path);
    IndexedRecord record = (IndexedRecord) SpecificData.newInstance(model.getClass(schema), schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode value = node.get(field.name());
      record.put(
          field.pos(),
          value == null
              ? model.deepCopy(field.schema(), model.getDefaultValue(field))
              : value(value, field.schema(), below(path, field.name())));
    }
    return record;
  }

  private void refuseUnknown(JsonNode node, Schema schema, String path) throws JsonFormatException {
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (schema.getField(key) == null) {
        throw new JsonFormatException(
            below(path, quotable(key))
                + " is not a field; the fields are "
                + schema.getFields().stream()
                    .map(Schema.Field::name)
                    .collect(Collectors.joining(", ")));
      }
    }
  }

  private @Nullable Object value(JsonNode node, Schema schema, String path)
      throws JsonFormatException {
    return switch (schema.getType()) {
      case UNION -> node.isNull() ? null : value(node, nonNull(schema), path);
      case RECORD -> read(node, schema, path);
      case ENUM -> symbol(node, schema, path);
      case ARRAY -> array(node, schema, path);
      case MAP -> map(node, schema, path);
      case STRING -> text(node, path);
      case BYTES -> bytes(node, path);
      case BOOLEAN -> require(node.isBoolean(), path, "true or false", node::booleanValue);
      case INT ->
          require(
              node.isIntegralNumber() && node.canConvertToInt(),
              path,
              "a whole number",
              node::intValue);
      case LONG -> schema.getLogicalType() == null ? number(node, path) : instant(node, path);
      case FLOAT, DOUBLE ->
          require(
              node.isNumber() && Double.isFinite(node.doubleValue()),
              path,
              "a number",
              node::doubleValue);
      case FIXED, NULL -> throw new IllegalStateException("no record of ours has such a field");
    };
  }

  private static Object number(JsonNode node, String path) throws JsonFormatException {
    return require(
        node.isIntegralNumber() && node.canConvertToLong(),
        path,
        "a whole number",
        node::longValue);
  }

  private static Object instant(JsonNode node, String path) throws JsonFormatException {
    try {
      return OffsetDateTime.parse(text(node, path)).toInstant().truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw new JsonFormatException(
          path + " must be an instant of ISO 8601, such as 2026-11-20T09:00:00Z");
    }
  }

  private Object symbol(JsonNode node, Schema schema, String path) throws JsonFormatException {
    String symbol = text(node, path).toUpperCase(Locale.ROOT);
    return require(
        schema.hasEnumSymbol(symbol),
        path,
        "one of "
            + schema.getEnumSymbols().stream()
                .filter(one -> !one.equals(schema.getEnumDefault()))
                .collect(Collectors.joining(", ")),
        () -> model.createEnum(symbol, schema));
  }

  private List<Object> array(JsonNode node, Schema schema, String path) throws JsonFormatException {
    require(node.isArray(), path, "a list", () -> true);
    List<Object> items = new ArrayList<>(node.size());
    for (JsonNode item : node) {
      items.add(value(item, schema.getElementType(), path + "[" + items.size() + "]"));
    }
    return items;
  }

  private Map<String, Object> map(JsonNode node, Schema schema, String path)
      throws JsonFormatException {
    require(node.isObject(), path, "an object", () -> true);
    Map<String, Object> entries = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      entries.put(
          entry.getKey(),
          value(entry.getValue(), schema.getValueType(), below(path, quotable(entry.getKey()))));
    }
    return entries;
  }

  private static Object bytes(JsonNode node, String path) throws JsonFormatException {
    try {
      return ByteBuffer.wrap(Base64.getDecoder().decode(text(node, path)));
    } catch (IllegalArgumentException e) {
      throw new JsonFormatException(path + " must be Base64");
    }
  }

  private static String text(JsonNode node, String path) throws JsonFormatException {
    return require(node.isTextual(), path, "a text", node::textValue);
  }

  private static <V> V require(boolean fits, String path, String what, Supplier<V> value)
      throws JsonFormatException {
    if (!fits) {
      throw new JsonFormatException(path + " must be " + what);
    }
    return value.get();
  }

  private static Schema nonNull(Schema union) {
    return union.getTypes().stream()
        .filter(type -> type.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a union of null alone"));
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** A key as it may stand in a message: short, on one line. */
  private static String quotable(String key) {
    String line = key.replaceAll("[^\\p{Print}]", "?");
    return line.length() <= LONGEST_QUOTED_KEY
        ? line
        : line.substring(0, LONGEST_QUOTED_KEY) + "...";
  }
}
