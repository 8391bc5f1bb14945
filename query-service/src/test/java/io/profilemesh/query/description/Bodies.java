package io.profilemesh.query.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is sent as a body: the example, the example with one thing wrong, and what is no JSON. */
final class Bodies {

  private static final String TYPE = "application/json";

  private static final List<String> WRONG =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "99999999999999999999999999",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"two\\nlines\"",
          "\"=1+1\"",
          "\"x\\\"; drop table y;--\"",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"0000-01-01T00:00:00Z\"",
          "\"9999-12-31T23:59:59.999999999Z\"",
          "\"" + "\u6f22".repeat(1_001) + "\"",
          "[]",
          "[null]",
          "[\"\\u0000\",\"\\ud83d\"]",
          "[{}]",
          "{}",
          "{\"a\":{\"b\":[1]}}");

  private static final List<String> NO_OBJECTS =
      List.of(
          "",
          " ",
          "null",
          "[]",
          "1",
          "\"x\"",
          "{",
          "{}",
          "{\"\":1}",
          "{\"a\":1,\"a\":2}",
          "{\"a\":" + "9".repeat(2_000) + "}",
          "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
          "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000),
          "{\"unknown\":\"" + "x".repeat(60_000) + "\"}",
          "{\"unknown\":\"" + "x".repeat(70_000) + "\"}",
          "not json");

  private Bodies() {}

  /**
   * A body.
   *
   * @param fits whether the description says that the operation takes it
   */
  record Sample(byte[] bytes, String type, boolean fits) {}

  static List<Sample> of(JsonNode example, JsonNode schema) {
    List<Sample> samples = new ArrayList<>();
    samples.add(new Sample(bytes(example.toString()), TYPE, true));
    schema.path("properties").fieldNames().forEachRemaining(name -> spoil(samples, example, name));
    ObjectNode more = example.deepCopy();
    more.put("unknown", 1);
    samples.add(new Sample(bytes(more.toString()), TYPE, false));
    NO_OBJECTS.forEach(text -> samples.add(new Sample(bytes(text), TYPE, false)));
    samples.add(new Sample(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"'}, TYPE, false));
    for (String type :
        List.of("text/plain", "application/xml", "application/json;charset=x", "x")) {
      samples.add(new Sample(bytes(example.toString()), type, false));
    }
    return samples;
  }

  private static void spoil(List<Sample> samples, JsonNode example, String name) {
    for (String wrong : WRONG) {
      ObjectNode spoilt = example.deepCopy();
      spoilt.set(name, tree(wrong));
      samples.add(new Sample(bytes(spoilt.toString()), TYPE, false));
    }
    ObjectNode less = example.deepCopy();
    less.remove(name);
    samples.add(new Sample(bytes(less.toString()), TYPE, false));
  }

  private static JsonNode tree(String json) {
    try {
      return ApiDocument.JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Half of a surrogate pair is sent as the escape that it came as. */
  private static byte[] bytes(String text) {
    StringBuilder ascii = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      ascii.append(c < 128 ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return ascii.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
