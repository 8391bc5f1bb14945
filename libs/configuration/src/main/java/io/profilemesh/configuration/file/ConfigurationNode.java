package io.profilemesh.configuration.file;

import io.profilemesh.configuration.key.Entry;
import io.profilemesh.configuration.key.GroupKey;
import io.profilemesh.configuration.key.GroupsKey;
import io.profilemesh.configuration.key.InvalidValueException;
import io.profilemesh.configuration.key.Key;
import io.profilemesh.configuration.key.KeyGroup;
import io.profilemesh.configuration.key.Kind;
import io.profilemesh.configuration.key.ListKey;
import io.profilemesh.configuration.key.MapKey;
import io.profilemesh.configuration.key.SecretKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the configuration: reads its declared keys, from the environment before the file,
 * and notes every mistake instead of throwing. Not safe for several threads.
 */
public final class ConfigurationNode {

  private final Reader reader;
  private final KeyGroup group;
  private final Tree.Mapping tree;
  private final String path;
  private final String variable;
  private @Nullable String variant;

  private ConfigurationNode(
      Reader reader, KeyGroup group, @Nullable Tree tree, String path, String variable) {
    this.reader = reader;
    this.group = group;
    this.path = path;
    this.variable = variable;
    this.tree = mapping(tree);
    refuseUnknown();
  }

  /** The whole of a file. */
  public static ConfigurationNode root(
      @Nullable Tree tree, KeyGroup group, EnvironmentValues environment, List<Mistake> mistakes) {
    return new ConfigurationNode(
        new Reader(environment, mistakes, new ArrayList<>(), new HashSet<>()),
        group,
        tree,
        "",
        "PROFILEMESH");
  }

  /** Everything read so far with where it came from, in the order of reading. */
  public List<Setting> settings() {
    return List.copyOf(reader.settings);
  }

  /** Every key that was asked for so far. */
  public Set<Entry> asked() {
    return Set.copyOf(reader.asked);
  }

  /** Says which variant of the mapping this is; complains about keys that others have. */
  public void is(String name) {
    variant = name;
    for (String field : tree.fields().keySet()) {
      group
          .find(field)
          .filter(entry -> !applies(entry))
          .ifPresent(
              entry ->
                  mistake(field, "does not go with " + name + "; it goes with " + others(entry)));
    }
  }

  /** Whether a value, or some value of a mapping, is given. */
  public boolean has(Entry entry) {
    if (isPresent(entry.name()) || override(entry.name()) != null) {
      return true;
    }
    return entry instanceof GroupKey
        && reader.environment.overridesWithin(variableOf(entry.name()));
  }

  /** Notes a mistake about one of the keys. */
  public void mistake(Entry entry, String message) {
    mistake(entry.name(), message);
  }

  /** A value, or its default; null when there is neither or the value is a mistake. */
  public <T> @Nullable T get(Key<T> key) {
    reader.asked.add(key);
    if (!applies(key)) {
      return null;
    }
    Given given = given(key.name());
    if (given == null) {
      if (key.isRequired() && !isPresent(key.name())) {
        mistake(key.name(), "is missing");
      }
      return isPresent(key.name()) ? fallbackAfterMistake(key) : fallback(key);
    }
    T value = parse(key.kind(), given, key.name(), tree.fields().get(key.name()));
    return value == null ? fallbackAfterMistake(key) : value;
  }

  /** A value of a key that has a default. */
  public <T> T valueOf(Key<T> key) {
    return Objects.requireNonNull(get(key), () -> key.name() + " has no default");
  }

  /** A value, or what the reader of the mapping found instead. */
  public <T> T valueOr(Key<T> key, T found) {
    T value = get(key);
    if (value == null && given(key.name()) == null) {
      reader.settings.add(new Setting(pathOf(key.name()), found.toString(), "default"));
    }
    return value == null ? found : value;
  }

  /** The values of a list, without those that are mistakes. */
  public <T> List<T> list(ListKey<T> key) {
    reader.asked.add(key);
    String name = key.name();
    List<T> values = new ArrayList<>();
    String text = override(name);
    Tree given = tree.fields().get(name);
    String from = "variable " + variableOf(name);
    if (text != null) {
      given = reader.listOf(text, pathOf(name));
    } else if (isPresent(name)) {
      from = "line " + lineOf(name);
    } else {
      return values;
    }
    List<Tree> items =
        given instanceof Tree.Sequence many
            ? many.items()
            : given == null ? List.of() : List.of(given);
    for (Tree item : items) {
      Given element = scalar(item, name, from);
      T value = element == null ? null : parse(key.kind(), element, name, item);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** The values by name, in order, without those that are mistakes. */
  public <T> Map<String, T> map(MapKey<T> key) {
    reader.asked.add(key);
    Map<String, T> values = new LinkedHashMap<>();
    if (!applies(key) || !isPresent(key.name())) {
      return values;
    }
    if (!(tree.fields().get(key.name()) instanceof Tree.Mapping named)) {
      mistake(key.name(), "must be a mapping of names to values");
      return values;
    }
    named
        .fields()
        .forEach(
            (name, item) -> {
              Given given = scalar(item, key.name(), "line " + item.line());
              T value = given == null ? null : parse(key.kind(), given, key.name(), item);
              if (value != null) {
                values.put(name, value);
              }
            });
    return values;
  }

  /** A secret's text, its own or that of the file its twin names; null when there is none. */
  public @Nullable String secret(SecretKey key, SecretFiles files) {
    reader.asked.add(key);
    if (!applies(key)) {
      return null;
    }
    boolean direct = override(key.name()) != null;
    boolean byFile = override(key.fileName()) != null;
    if (direct == byFile) {
      direct = isPresent(key.name());
      byFile = isPresent(key.fileName());
      boolean twice = override(key.name()) != null || (direct && byFile);
      if (twice) {
        mistake(key.fileName(), key.name() + " and " + key.fileName() + " exclude each other");
        return null;
      }
    }
    if (!direct && !byFile) {
      return null;
    }
    Given given = given(direct ? key.name() : key.fileName());
    if (given == null) {
      return null;
    }
    String shown = direct ? "***" : given.text();
    reader.settings.add(
        new Setting(pathOf(direct ? key.name() : key.fileName()), shown, given.from()));
    if (direct) {
      return given.text();
    }
    String content = files.read(given.text());
    if (content == null) {
      mistake(key.fileName(), "cannot be read");
    }
    return content;
  }

  /** A mapping below this one; empty when it is not given. */
  public ConfigurationNode child(GroupKey key) {
    reader.asked.add(key);
    Tree given = tree.fields().get(key.name());
    boolean shorthand = key.shorthand() != null && given instanceof Tree.Scalar;
    return new ConfigurationNode(
        reader, key.group(), shorthand ? null : given, pathOf(key.name()), variableOf(key.name()));
  }

  /** Whether a single value stands in the place of a mapping. */
  public boolean isShort(GroupKey key) {
    return key.shorthand() != null
        && (override(key.name()) != null
            || (isPresent(key.name()) && tree.fields().get(key.name()) instanceof Tree.Scalar));
  }

  /** The mappings of a list, in order. */
  public List<ConfigurationNode> inOrder(GroupsKey key) {
    reader.asked.add(key);
    String name = key.name();
    List<ConfigurationNode> nodes = new ArrayList<>();
    if (!isPresent(name)) {
      return nodes;
    }
    if (!(tree.fields().get(name) instanceof Tree.Sequence list)) {
      mistake(name, "must be a list");
      return nodes;
    }
    for (Tree item : list.items()) {
      int index = nodes.size();
      nodes.add(
          new ConfigurationNode(
              reader,
              key.group(),
              item,
              pathOf(name) + '[' + index + ']',
              variableOf(name) + '_' + index));
    }
    return nodes;
  }

  /** The mappings by name, in order. */
  public Map<String, ConfigurationNode> byName(GroupsKey key) {
    reader.asked.add(key);
    Map<String, ConfigurationNode> nodes = new LinkedHashMap<>();
    Tree given = tree.fields().get(key.name());
    if (given instanceof Tree.Mapping named) {
      named
          .fields()
          .forEach(
              (name, value) ->
                  nodes.put(
                      name,
                      new ConfigurationNode(
                          reader,
                          key.group(),
                          value,
                          pathOf(key.name()) + '.' + name,
                          variableOf(key.name()) + '_' + EnvironmentValues.part(name))));
    } else if (isPresent(key.name())) {
      mistake(key.name(), "must be a mapping of names to mappings");
    }
    return nodes;
  }

  /** Notes a mistake about this mapping as a whole. */
  public void mistake(String message) {
    reader.mistakes.add(new Mistake(tree.path(), tree.line(), message));
  }

  private void mistake(String field, String message) {
    reader.mistakes.add(new Mistake(placeOf(field), lineOf(field), message));
  }

  private Tree.Mapping mapping(@Nullable Tree given) {
    if (given instanceof Tree.Mapping mapping) {
      return mapping;
    }
    if (given == null) {
      return new Tree.Mapping(Map.of(), Map.of(), path, 0);
    }
    if (!isNull(given)) {
      reader.mistakes.add(
          new Mistake(given.path(), given.line(), "must be a mapping of names to values"));
    }
    return new Tree.Mapping(Map.of(), Map.of(), given.path(), given.line());
  }

  private static boolean isNull(Tree value) {
    return value instanceof Tree.Scalar scalar && scalar.text() == null;
  }

  private void refuseUnknown() {
    for (String name : tree.fields().keySet()) {
      if (isUnknown(name)) {
        String hint = Spelling.hint(name, group.names());
        mistake(
            name,
            "is not known here"
                + (hint.isEmpty() ? "; known are " + String.join(", ", group.names()) : hint));
      }
    }
  }

  private boolean isUnknown(String name) {
    return group.find(name).isEmpty();
  }

  private boolean applies(Entry entry) {
    return variant == null || entry.variants().isEmpty() || entry.variants().contains(variant);
  }

  private static String others(Entry entry) {
    return String.join(", ", entry.variants().stream().sorted().toList());
  }

  private @Nullable Given given(String name) {
    String text = override(name);
    return text != null
        ? new Given(text, "variable " + variableOf(name), true)
        : scalar(tree.fields().get(name), name, "line " + lineOf(name));
  }

  private @Nullable Given scalar(@Nullable Tree value, String name, String from) {
    if (value == null || isNull(value)) {
      return null;
    }
    if (!(value instanceof Tree.Scalar scalar)) {
      reader.mistakes.add(new Mistake(value.path(), value.line(), "must be a single value"));
      return null;
    }
    EnvironmentValues.Substituted result =
        reader.environment.substitute(Objects.requireNonNull(scalar.text()));
    if (result.missing() != null) {
      if (reader.environment.unsetIsMistake()) {
        mistake(name, "the environment variable " + result.missing() + " is not set");
      }
      return null;
    }
    boolean referred = !result.names().isEmpty();
    return new Given(
        result.text(),
        referred ? from + ", variable " + String.join(", ", result.names()) : from,
        referred);
  }

  private <T> @Nullable T parse(Kind<T> kind, Given given, String name, @Nullable Tree at) {
    String text = given.text().strip();
    reader.settings.add(new Setting(pathOf(name), text, given.from()));
    try {
      return kind.parse(text);
    } catch (InvalidValueException e) {
      // What came from a variable may be a secret that went astray.
      String hint = given.fromVariable() ? "" : Spelling.hint(text, kind.choices());
      String origin = given.fromVariable() ? " (value of " + given.from() + ")" : "";
      reader.mistakes.add(
          new Mistake(
              at == null ? pathOf(name) : at.path(),
              at == null || at.line() == 0 ? lineOf(name) : at.line(),
              e.getMessage() + hint + origin));
      return null;
    }
  }

  private <T> @Nullable T fallback(Key<T> key) {
    if (key.fallback() != null) {
      reader.settings.add(new Setting(pathOf(key.name()), key.fallback(), "default"));
    }
    return fallbackAfterMistake(key);
  }

  private static <T> @Nullable T fallbackAfterMistake(Key<T> key) {
    try {
      return key.fallback() == null ? null : key.kind().parse(key.fallback());
    } catch (InvalidValueException e) {
      throw new IllegalStateException("the default of " + key.name() + " is checked", e);
    }
  }

  private boolean isPresent(String name) {
    Tree value = tree.fields().get(name);
    return value != null && !isNull(value);
  }

  private @Nullable String override(String name) {
    return reader.environment.override(variableOf(name));
  }

  private String variableOf(String name) {
    return variable + '_' + EnvironmentValues.part(name);
  }

  private int lineOf(String name) {
    return tree.lines().getOrDefault(name, tree.line());
  }

  /** Where a mistake is: in a profile, the place there. */
  private String placeOf(String name) {
    Tree value = tree.fields().get(name);
    return value == null ? pathOf(name) : value.path();
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + '.' + name;
  }

  /** Reads files that hold secrets. */
  @FunctionalInterface
  public interface SecretFiles {
    /** The content without its last line end; null when it cannot be read. */
    @Nullable String read(String path);
  }

  /**
   * @param fromVariable whether a part of the text comes from the environment
   */
  private record Given(String text, String from, boolean fromVariable) {
    @Override
    public String toString() {
      return "a value of " + from;
    }
  }

  private record Reader(
      EnvironmentValues environment,
      List<Mistake> mistakes,
      List<Setting> settings,
      Set<Entry> asked) {

    /** A list as a variable gives it: in YAML's brackets, or a single value. */
    @Nullable Tree listOf(String text, String path) {
      if (!text.strip().startsWith("[")) {
        return new Tree.Scalar(text, path, 0);
      }
      List<Mistake> found = new ArrayList<>();
      Tree tree = YamlText.parse(text, found).orElse(null);
      if (tree == null) {
        mistakes.add(new Mistake(path, 0, "must be a list such as [a, b] (value of a variable)"));
      }
      return tree;
    }
  }
}
