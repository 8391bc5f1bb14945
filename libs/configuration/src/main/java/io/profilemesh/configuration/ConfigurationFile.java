package io.profilemesh.configuration;

import io.profilemesh.configuration.ConfigurationMistakes.Mistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The file that names sources and datasets, in YAML or JSON (which YAML includes). */
public final class ConfigurationFile {

  private ConfigurationFile() {}

  /**
   * Reads and checks a file.
   *
   * @param variables environment variables, for references in the file and overrides of it
   * @throws ConfigurationMistakes with everything that is wrong
   */
  public static ProfilerConfiguration read(Path file, Map<String, String> variables)
      throws ConfigurationMistakes {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ConfigurationMistakes(
          file.toString(), List.of(new Mistake("", "the file does not exist or cannot be read")));
    }
    Path directory = file.toAbsolutePath().getParent();
    return parse(file.toString(), text, directory == null ? file : directory, variables);
  }

  /**
   * Checks the text of a configuration.
   *
   * @param name of the configuration in messages
   * @param directory where relative paths in it start
   */
  public static ProfilerConfiguration parse(
      String name, String text, Path directory, Map<String, String> variables)
      throws ConfigurationMistakes {
    List<Mistake> mistakes = new ArrayList<>();
    Object tree = tree(text, mistakes);
    ProfilerConfiguration configuration = null;
    if (mistakes.isEmpty()) {
      EnvironmentValues environment = new EnvironmentValues(variables);
      configuration =
          read(ConfigurationNode.root(tree, environment, mistakes), new SourceReader(directory));
    }
    if (configuration == null || !mistakes.isEmpty()) {
      throw new ConfigurationMistakes(name, mistakes);
    }
    return configuration;
  }

  private static ProfilerConfiguration read(ConfigurationNode root, SourceReader reader) {
    String environment = root.text("environment");
    ConfigurationNode named = root.child("sources");
    Map<SourceName, SourceConfig> sources = new LinkedHashMap<>();
    for (String name : named.names()) {
      if (!SourceName.isValid(name)) {
        named.mistake(
            name, "a source name has at most 63 letters, digits, dots, dashes and underscores");
        continue;
      }
      reader
          .read(name, named.child(name).overriddenBy(name))
          .ifPresent(source -> sources.put(source.name(), source));
    }
    if (named.names().isEmpty()) {
      root.mistake("sources", "name at least one source");
    }
    DatasetReader datasetReader = new DatasetReader(Set.copyOf(named.names()));
    List<DatasetConfig> datasets = new ArrayList<>();
    for (ConfigurationNode node : root.children("datasets")) {
      datasetReader.read(node).ifPresent(entry -> add(entry, datasets, node));
    }
    root.refuseUnknown();
    return new ProfilerConfiguration(environment, sources, datasets);
  }

  /** Pipelines are told apart by their names. */
  private static void add(
      DatasetConfig entry, List<DatasetConfig> datasets, ConfigurationNode node) {
    ScheduleConfig schedule = entry.schedule();
    if (schedule != null
        && datasets.stream()
            .map(DatasetConfig::schedule)
            .anyMatch(other -> other != null && other.pipeline().equals(schedule.pipeline()))) {
      node.mistake(
          "schedule",
          "an earlier entry has the pipeline '"
              + schedule.pipeline()
              + "'; give each its own name");
    }
    datasets.add(entry);
  }

  private static @Nullable Object tree(String text, List<Mistake> mistakes) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(50);
    try {
      return new Yaml(new SafeConstructor(options)).load(text);
    } catch (MarkedYAMLException e) {
      // Only the place and the rule: the snippet in the exception's message may hold a secret.
      String place =
          e.getProblemMark() == null
              ? ""
              : "line "
                  + (e.getProblemMark().getLine() + 1)
                  + ", column "
                  + (e.getProblemMark().getColumn() + 1)
                  + ": ";
      mistakes.add(
          new Mistake(
              "", place + "is not valid YAML: check indentation, quotes and keys given twice"));
    } catch (YAMLException e) {
      mistakes.add(new Mistake("", "is not valid YAML"));
    }
    return null;
  }
}
