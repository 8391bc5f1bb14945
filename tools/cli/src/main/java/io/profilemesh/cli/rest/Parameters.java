package io.profilemesh.cli.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Query parameters of one call, in the order of adding; each name once. */
public final class Parameters {

  private final Map<String, String> values = new LinkedHashMap<>();

  /** Adds a parameter; a null value adds nothing. */
  public Parameters with(String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value.toString());
    }
    return this;
  }

  /** The value of a parameter, or null. */
  public @Nullable String get(String name) {
    return values.get(name);
  }

  /** The part of an address after the path: empty, or beginning with a question mark. */
  public String query() {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    values.forEach((name, value) -> query.add(encode(name) + "=" + encode(value)));
    return query.toString();
  }

  /** One segment of a path, separators in it escaped. */
  public static String segment(String text) {
    return encode(text).replace("+", "%20");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return query();
  }
}
