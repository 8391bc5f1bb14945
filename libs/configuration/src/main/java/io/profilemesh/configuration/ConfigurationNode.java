package io.profilemesh.configuration;

import io.profilemesh.configuration.ConfigurationMistakes.Mistake;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the configuration at its path: reads its fields, notes every mistake instead of
 * throwing, and at the end complains about fields nobody asked for.
 */
final class ConfigurationNode {

  private final String path;
  private final Map<String, Object> fields;
  private final EnvironmentValues environment;
  private final List<Mistake> mistakes;
  private final TreeSet<String> known = new TreeSet<>();
  private Function<String, Optional<String>> overrides = field -> Optional.empty();

  private ConfigurationNode(
      String path,
      Map<String, Object> fields,
      EnvironmentValues environment,
      List<Mistake> mistakes) {
    this.path = path;
    this.fields = fields;
    this.environment = environment;
    this.mistakes = mistakes;
  }

  static ConfigurationNode root(
      @Nullable Object tree, EnvironmentValues environment, List<Mistake> mistakes) {
    return of("", tree, environment, mistakes);
  }

  private static ConfigurationNode of(
      String path, @Nullable Object tree, EnvironmentValues environment, List<Mistake> mistakes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (tree instanceof Map<?, ?> map) {
      map.forEach((key, value) -> fields.put(String.valueOf(key), value));
    } else if (tree != null) {
      mistakes.add(new Mistake(path, "must be a mapping of names to values"));
    }
    return new ConfigurationNode(path, fields, environment, mistakes);
  }

  /** Environment variables of this source win over what the file says. */
  ConfigurationNode overriddenBy(String source) {
    overrides = field -> environment.override(source, field);
    return this;
  }

  Collection<String> names() {
    return fields.keySet();
  }

  boolean has(String field) {
    known.add(field);
    return fields.get(field) != null || overrides.apply(field).isPresent();
  }

  boolean isMapping(String field) {
    return fields.get(field) instanceof Map;
  }

  void mistake(String field, String message) {
    mistakes.add(new Mistake(pathOf(field), message));
  }

  ConfigurationNode child(String field) {
    known.add(field);
    return of(pathOf(field), fields.get(field), environment, mistakes);
  }

  /** The mappings of a list, in order. */
  List<ConfigurationNode> children(String field) {
    known.add(field);
    Object value = fields.get(field);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      mistake(field, "must be a list");
      return List.of();
    }
    List<ConfigurationNode> children = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      children.add(of(pathOf(field) + '[' + i + ']', list.get(i), environment, mistakes));
    }
    return children;
  }

  /** A text; null when it is not there or is a mistake, which is then noted. */
  @Nullable String text(String field) {
    known.add(field);
    Optional<String> override = overrides.apply(field);
    return override.isPresent() ? override.get() : scalar(pathOf(field), fields.get(field));
  }

  /** A text that must be there; the empty text stands for a noted mistake. */
  String requiredText(String field) {
    if (!has(field)) {
      mistake(field, "is missing");
      return "";
    }
    String text = text(field);
    if (text != null && text.isBlank()) {
      mistake(field, "is empty");
    }
    return text == null ? "" : text;
  }

  /** Texts of a list; a single text counts as a list of one. */
  List<String> texts(String field) {
    known.add(field);
    Object value = fields.get(field);
    if (value == null) {
      return List.of();
    }
    List<?> list = value instanceof List<?> many ? many : List.of(value);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String text = scalar(pathOf(field) + '[' + i + ']', list.get(i));
      if (text != null && text.isBlank()) {
        mistakes.add(new Mistake(pathOf(field) + '[' + i + ']', "is empty"));
      } else if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** What a reader makes of a text; the fallback when it is absent or wrong. */
  <T> T read(String field, T fallback, String expected, Function<String, Optional<T>> reader) {
    String text = text(field);
    if (text == null) {
      return fallback;
    }
    Optional<T> value = reader.apply(text.trim());
    if (value.isEmpty()) {
      mistake(field, "must be " + expected);
    }
    return value.orElse(fallback);
  }

  /** Complains about every field that was not asked for. */
  void refuseUnknown() {
    for (String name : fields.keySet()) {
      if (!known.contains(name)) {
        mistake(name, "is not known here; known are " + String.join(", ", known));
      }
    }
  }

  private @Nullable String scalar(String at, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Map || value instanceof List) {
      mistakes.add(new Mistake(at, "must be a single value"));
      return null;
    }
    EnvironmentValues.Substituted result = environment.substitute(value.toString());
    if (result.missing() != null) {
      mistakes.add(new Mistake(at, "the environment variable " + result.missing() + " is not set"));
      return null;
    }
    return result.text();
  }

  private String pathOf(String field) {
    return path.isEmpty() ? field : path + '.' + field;
  }
}
