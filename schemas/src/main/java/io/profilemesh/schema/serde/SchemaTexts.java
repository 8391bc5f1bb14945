package io.profilemesh.schema.serde;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Schemas as the text a registry holds: no hint of the language they were compiled for. */
final class SchemaTexts {

  /** Largest schema read from a registry, in characters. */
  static final int MAX_LENGTH = 1 << 20;

  static final ObjectMapper JSON =
      new ObjectMapper(
          new JsonFactoryBuilder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(200)
                      .maxStringLength(2 * MAX_LENGTH)
                      .build())
              .build());

  private static final String STRING_CLASS = "avro.java.string";

  private SchemaTexts() {}

  /** The text to register, without what only Java needs. */
  static String of(Schema schema) {
    try {
      return strip(JSON.readTree(schema.toString())).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the schema is nested too deeply or too large", e);
    }
  }

  /** Reads a registry's text; empty when it is no Avro schema that a reader could bear. */
  static Optional<Schema> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      JSON.readTree(text);
      return Optional.of(new Schema.Parser().parse(text));
    } catch (JsonProcessingException | AvroRuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static JsonNode strip(JsonNode node) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, strip(array.get(i)));
      }
    } else if (node instanceof ObjectNode object) {
      boolean marked = object.remove(STRING_CLASS) != null;
      object.properties().forEach(entry -> entry.setValue(strip(entry.getValue())));
      if (marked && object.size() == 1 && object.has("type")) {
        return object.get("type");
      }
    }
    return node;
  }
}
