package io.profilemesh.configuration;

import io.profilemesh.configuration.file.Mistake;
import io.profilemesh.configuration.file.Spelling;
import io.profilemesh.configuration.file.Tree;
import io.profilemesh.configuration.file.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file that names sources and datasets, in YAML or JSON (which YAML includes). */
public final class ConfigurationFile {

  /** Variable that chooses a profile of the file. */
  public static final String PROFILE_VARIABLE = "PROFILEMESH_PROFILE";

  /** Title of the JSON Schema of such files. */
  public static final String SCHEMA_TITLE = "Sources and datasets of ProfileMesh";

  /** Largest file, in bytes. */
  static final int LARGEST = 2 * 1024 * 1024;

  private final String name;
  private final Path directory;
  private final Tree.Mapping tree;
  private final List<Mistake> mistakes;

  private ConfigurationFile(
      String name, Path directory, Tree.Mapping tree, List<Mistake> mistakes) {
    this.name = name;
    this.directory = directory;
    this.tree = tree;
    this.mistakes = mistakes;
  }

  /** Loads a file; what is wrong with its syntax is told with all else when it is read. */
  public static ConfigurationFile load(Path file) {
    List<Mistake> mistakes = new ArrayList<>();
    Path directory = file.toAbsolutePath().getParent();
    String text = text(file, mistakes);
    return of(file.toString(), text, directory == null ? file : directory, mistakes);
  }

  /**
   * A file by its text.
   *
   * @param name in messages
   * @param directory where relative paths in it start
   */
  public static ConfigurationFile of(String name, String text, Path directory) {
    return of(name, text, directory, new ArrayList<>());
  }

  private static ConfigurationFile of(
      String name, @Nullable String text, Path directory, List<Mistake> mistakes) {
    Tree.Mapping empty = new Tree.Mapping(Map.of(), Map.of(), "", 0);
    Tree tree = text == null ? null : YamlText.parse(text, mistakes).orElse(null);
    if (tree instanceof Tree.Mapping mapping) {
      return new ConfigurationFile(name, directory, mapping, mistakes);
    }
    if (tree instanceof Tree.Scalar scalar && scalar.text() == null) {
      mistakes.add(new Mistake("", 0, "is empty: name at least one source under 'sources'"));
    } else if (tree != null) {
      mistakes.add(new Mistake("", tree.line(), "must be a mapping of names to values"));
    }
    return new ConfigurationFile(name, directory, empty, mistakes);
  }

  /**
   * Reads and checks a file with the profile that the environment names.
   *
   * @param variables environment variables, for references in the file and overrides of it
   * @throws ConfigurationMistakes with everything that is wrong
   */
  public static ProfilerConfiguration read(Path file, Map<String, String> variables)
      throws ConfigurationMistakes {
    return load(file).check(CheckOptions.strict(variables)).orThrow();
  }

  /** Checks the text of a configuration likewise. */
  public static ProfilerConfiguration parse(
      String name, String text, Path directory, Map<String, String> variables)
      throws ConfigurationMistakes {
    return of(name, text, directory).check(CheckOptions.strict(variables)).orThrow();
  }

  /** Names of the profiles it has, in order. */
  public Set<String> profiles() {
    return profileTree().fields().keySet();
  }

  /** Checks the file as a process with these variables and that profile would read it. */
  public CheckedConfiguration check(CheckOptions options) {
    List<Mistake> found = new ArrayList<>(mistakes);
    if (!found.isEmpty()) {
      return new CheckedConfiguration(name, null, found, List.of(), List.of());
    }
    Tree.Mapping chosen = tree.without(ConfigurationKeys.PROFILES.name());
    String profile = options.profile();
    if (profile != null) {
      Tree overlay = profileTree().fields().get(profile);
      if (overlay instanceof Tree.Mapping mapping) {
        chosen = chosen.overlaidWith(mapping.without(ConfigurationKeys.PROFILES.name()));
      } else {
        found.add(noProfile(profile));
      }
    }
    return ConfigurationReader.read(name, directory, chosen, options, found);
  }

  private Tree.Mapping profileTree() {
    return tree.fields().get(ConfigurationKeys.PROFILES.name()) instanceof Tree.Mapping mapping
        ? mapping
        : new Tree.Mapping(Map.of(), Map.of(), ConfigurationKeys.PROFILES.name(), 0);
  }

  private Mistake noProfile(String profile) {
    Set<String> names = profiles();
    String known =
        names.isEmpty()
            ? "the file has no profiles"
            : "there are " + String.join(", ", names) + Spelling.hint(profile, names);
    return new Mistake(
        ConfigurationKeys.PROFILES.name(),
        0,
        "has no mapping '" + profile + "', which " + PROFILE_VARIABLE + " asks for; " + known);
  }

  private static @Nullable String text(Path file, List<Mistake> mistakes) {
    byte[] bytes;
    try (InputStream input = Files.newInputStream(file)) {
      bytes = input.readNBytes(LARGEST + 1);
    } catch (IOException | UnsupportedOperationException e) {
      mistakes.add(new Mistake("", 0, "the file does not exist or cannot be read"));
      return null;
    }
    if (bytes.length > LARGEST) {
      mistakes.add(new Mistake("", 0, "the file is larger than 2 MB: use patterns"));
      return null;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      mistakes.add(new Mistake("", 0, "the file is not text in UTF-8: save it as such"));
      return null;
    }
  }
}
