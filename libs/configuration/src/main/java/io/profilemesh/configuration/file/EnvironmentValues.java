package io.profilemesh.configuration.file;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables in a configuration: {@code ${NAME}} and {@code ${NAME:default}} inside
 * texts ({@code $${} stands for a literal {@code ${}), and values that a variable overrides. A
 * variable that is set to nothing counts as not set where it would override.
 */
public final class EnvironmentValues {

  /** What names of overriding variables begin with. */
  public static final String PREFIX = "PROFILEMESH_";

  private static final Pattern REFERENCE =
      Pattern.compile("\\$(\\$\\{)|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");

  private final Map<String, String> variables;
  private final boolean unsetIsMistake;
  private final Set<String> used = new TreeSet<>();

  /**
   * @param unsetIsMistake false: a reference to a variable that is not set is passed over, for
   *     checks on machines that do not have the secrets
   */
  public EnvironmentValues(Map<String, String> variables, boolean unsetIsMistake) {
    this.variables = new TreeMap<>(variables);
    this.unsetIsMistake = unsetIsMistake;
  }

  boolean unsetIsMistake() {
    return unsetIsMistake;
  }

  /** A text with its references replaced, or the name of the first variable that is not set. */
  Substituted substitute(String text) {
    if (text.indexOf('$') < 0) {
      return new Substituted(text, null, Set.of());
    }
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder result = new StringBuilder();
    Set<String> names = new TreeSet<>();
    while (matcher.find()) {
      String name = matcher.group(2);
      String value = name == null ? matcher.group(1) : variables.get(name);
      if (value == null) {
        value = matcher.group(3);
      }
      if (name != null) {
        names.add(name);
      }
      if (value == null) {
        return new Substituted("", name, names);
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return new Substituted(matcher.appendTail(result).toString(), null, names);
  }

  /** The value of an overriding variable, or null when it is not set. */
  @Nullable String override(String variable) {
    String value = variables.get(variable);
    if (value == null || value.isEmpty()) {
      return null;
    }
    used.add(variable);
    return value;
  }

  /** Whether a variable of that name, or one that goes on with {@code _}, is set. */
  boolean overridesWithin(String variable) {
    String within = variable + '_';
    return variables.keySet().stream().anyMatch(name -> name.startsWith(within));
  }

  /** Variables that begin like an override of one of these names but were never looked at. */
  public Set<String> unused(Set<String> names) {
    return variables.keySet().stream()
        .filter(
            variable ->
                names.stream().anyMatch(name -> variable.startsWith(variableOf(name) + '_')))
        .filter(variable -> !used.contains(variable))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String variableOf(String name) {
    return PREFIX + part(name);
  }

  /**
   * A name as a part of a variable's name: in capitals, what is no letter or digit as {@code _}.
   */
  public static String part(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /**
   * A text after its references were replaced.
   *
   * @param missing variable that is not set and has no default, or null when the text is complete
   * @param names variables it refers to
   */
  record Substituted(String text, @Nullable String missing, Set<String> names) {}
}
