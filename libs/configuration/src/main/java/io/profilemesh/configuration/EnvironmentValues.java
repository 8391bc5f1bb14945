package io.profilemesh.configuration;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables in a configuration: {@code ${NAME}} and {@code ${NAME:default}} inside
 * texts ({@code $${} stands for a literal {@code ${}), and whole fields that a variable overrides.
 */
final class EnvironmentValues {

  private static final Pattern REFERENCE =
      Pattern.compile("\\$(\\$\\{)|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");

  private final Map<String, String> variables;

  EnvironmentValues(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** A text with its references replaced, or the name of the first variable that is not set. */
  Substituted substitute(String text) {
    if (text.indexOf('$') < 0) {
      return new Substituted(text, null);
    }
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(2);
      String value = name == null ? matcher.group(1) : variables.get(name);
      if (value == null) {
        value = matcher.group(3);
      }
      if (value == null) {
        return new Substituted("", name);
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return new Substituted(matcher.appendTail(result).toString(), null);
  }

  /** The variable that overrides a field of a source, if it is set. */
  Optional<String> override(String source, String field) {
    return Optional.ofNullable(variables.get(overrideName(source, field)));
  }

  /** Name of the variable that overrides a field of a source. */
  static String overrideName(String source, String field) {
    return "PROFILEMESH_SOURCES_" + upper(source) + '_' + upper(field);
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /**
   * @param missing variable that is not set and has no default, or null when the text is complete
   */
  record Substituted(String text, @Nullable String missing) {}
}
