package io.profilemesh.query.description;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What is sent to parameters: what they take, their limits, and what no client would send. */
final class Inputs {

  /** What may be sent to anything that takes text; encoded as it goes into a URL. */
  static final List<String> HOSTILE =
      List.of(
          encoded("'; drop table x;--"),
          encoded("x\"; drop table y;--"),
          encoded("${jndi:ldap://localhost/x}"),
          encoded("<img src=x onerror=alert(1)>"),
          encoded("=cmd|' /C calc'!A0"),
          encoded("\ud83d\ude00\u200frtl\u2028"),
          encoded("\u0130\u0131\u00df\u0660\u0661"),
          encoded("a\0b"),
          encoded("\0"),
          encoded("\r\nX-Injected: 1"),
          encoded(" "),
          encoded("null"),
          encoded("[]{}*%_\\"),
          encoded("../../etc/passwd"),
          encoded("a/b/c@d"),
          encoded("a/b/c"),
          encoded("shop/public/a%00b"),
          encoded("shop/public/orders@2026"),
          encoded("//"),
          encoded(".."),
          encoded("%2e%2e"),
          encoded("a;b=c"),
          encoded("\u6f22".repeat(1_000)),
          encoded("x".repeat(1_001)),
          encoded("x y ".repeat(250)),
          encoded("2147483648"),
          encoded("-2147483648"),
          encoded("99999999999999999999"),
          encoded("1e400"),
          encoded("NaN"),
          encoded("-0"),
          encoded("0x10"),
          encoded("1.5"),
          encoded("2026-02-30T00:00:00Z"),
          encoded("+999999999-12-31T23:59:59Z"),
          encoded("-999999999-01-01T00:00:00Z"),
          encoded("0000-01-01T00:00:00Z"),
          encoded("9999-12-31T23:59:59.999999999+18:00"),
          encoded("ffffffff-ffff-ffff-ffff-ffffffffffff"),
          encoded("1-1-1-1-1"),
          "%ff%fe",
          "%ed%a0%80",
          "%c0%af",
          "%e2%82",
          "a+b",
          "");

  private Inputs() {}

  /**
   * A value.
   *
   * @param text as it goes into a URL
   * @param fits whether the description says that the parameter takes it
   */
  record Sample(String text, boolean fits) {}

  /** What the description says that a parameter takes, limits among it. */
  static List<Sample> fitting(JsonNode schema, List<String> known) {
    List<Sample> samples = new ArrayList<>();
    schema.path("enum").forEach(word -> samples.add(fits(word.asText())));
    if (!samples.isEmpty()) {
      return samples;
    }
    known.forEach(value -> samples.add(fits(value)));
    switch (schema.path("type").asText()) {
      case "integer" -> {
        samples.add(fits(schema.path("minimum").asText("0")));
        samples.add(fits(schema.path("maximum").asText("1")));
      }
      case "boolean" -> {
        samples.add(fits("true"));
        samples.add(fits("false"));
      }
      default -> samples.addAll(texts(schema));
    }
    return samples;
  }

  private static List<Sample> texts(JsonNode schema) {
    return switch (schema.path("format").asText()) {
      case "uuid" -> List.of(fits("00000000-0000-4000-8000-00000000ffff"));
      case "date-time" ->
          List.of(
              fits("2026-03-01T00:00:00Z"),
              fits("2026-03-01T01:30:00.123456789+01:30"),
              fits("0001-01-01T00:00:00Z"),
              fits("9999-12-31T00:00:00Z"));
      default ->
          schema.path("maxLength").asInt() == 1_000
              ? List.of(fits("a"), fits("\u00e9".repeat(1_000)), fits("=1+1"))
              : List.of();
    };
  }

  /** What lies just beyond its limits. */
  static List<Sample> beyond(JsonNode schema) {
    List<Sample> samples = new ArrayList<>();
    if (schema.has("minimum")) {
      samples.add(bad(Long.toString(schema.path("minimum").asLong() - 1)));
    }
    if (schema.has("maximum")) {
      samples.add(bad(Long.toString(schema.path("maximum").asLong() + 1)));
    }
    if (schema.has("enum")) {
      samples.add(bad(schema.path("enum").get(0).asText() + "x"));
    }
    return samples;
  }

  /** Some of the hostile texts, others for each parameter. */
  static List<Sample> hostile(Random chance, int most) {
    List<String> texts = new ArrayList<>(HOSTILE);
    Collections.shuffle(texts, chance);
    return texts.subList(0, Math.min(most, texts.size())).stream()
        .map(text -> new Sample(text, false))
        .toList();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Sample fits(String text) {
    return new Sample(encoded(text), true);
  }

  private static Sample bad(String text) {
    return new Sample(encoded(text), false);
  }
}
