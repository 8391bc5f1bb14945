package io.profilemesh.configuration;

import io.profilemesh.configuration.file.ConfigurationNode;
import io.profilemesh.configuration.file.EnvironmentValues;
import io.profilemesh.configuration.file.Mistake;
import io.profilemesh.configuration.file.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the model of a file's content. */
final class ConfigurationReader {

  private final ConfigurationNode root;
  private final SourceReader sourceReader;

  private ConfigurationReader(ConfigurationNode root, SourceReader sourceReader) {
    this.root = root;
    this.sourceReader = sourceReader;
  }

  /**
   * @param mistakes found before, to which those of the content are added
   */
  static CheckedConfiguration read(
      String name,
      Path directory,
      Tree.Mapping tree,
      CheckOptions options,
      List<Mistake> mistakes) {
    EnvironmentValues environment =
        new EnvironmentValues(options.variables(), options.unsetIsMistake());
    ConfigurationNode root =
        ConfigurationNode.root(tree, ConfigurationKeys.GROUP, environment, mistakes);
    ProfilerConfiguration configuration = read(root, directory);
    List<Mistake> warnings =
        environment
            .unused(Set.of(ConfigurationKeys.SOURCES.name(), ConfigurationKeys.DATASETS.name()))
            .stream()
            .map(
                variable ->
                    new Mistake("", 0, "the environment variable " + variable + " sets nothing"))
            .toList();
    return new CheckedConfiguration(name, configuration, mistakes, warnings, root.settings());
  }

  static ProfilerConfiguration read(ConfigurationNode root, Path directory) {
    return new ConfigurationReader(root, new SourceReader(directory)).read();
  }

  private ProfilerConfiguration read() {
    String environment = root.get(ConfigurationKeys.ENVIRONMENT);
    Map<String, ConfigurationNode> named = root.byName(ConfigurationKeys.SOURCES);
    if (named.isEmpty()) {
      root.mistake(ConfigurationKeys.SOURCES, "name at least one source");
    }
    Map<SourceName, SourceConfig> sources = new LinkedHashMap<>();
    Map<SourceName, CaptureConfig> captures = new LinkedHashMap<>();
    Map<String, String> variables = new LinkedHashMap<>();
    named.forEach(
        (name, node) -> {
          if (!SourceName.isValid(name)) {
            node.mistake(
                "a source name has at most 63 letters, digits, dots, dashes and underscores");
            return;
          }
          String twin = variables.putIfAbsent(EnvironmentValues.part(name), name);
          if (twin != null) {
            node.mistake(
                "differs from '" + twin + "' in signs only: environment variables mean both");
          }
          sourceReader
              .read(name, node)
              .ifPresent(
                  source -> {
                    sources.put(source.name(), source);
                    CaptureReader.capture(node, source.type(), sourceReader::secret)
                        .ifPresent(capture -> captures.put(source.name(), capture));
                  });
        });
    DatasetReader datasetReader = new DatasetReader(named.keySet());
    List<DatasetConfig> datasets = new ArrayList<>();
    for (ConfigurationNode node : root.inOrder(ConfigurationKeys.DATASETS)) {
      datasetReader.read(node).forEach(entry -> add(entry, datasets, node));
    }
    return new ProfilerConfiguration(environment, sources, datasets, captures);
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
          DatasetKeys.SCHEDULE,
          "an earlier entry has the pipeline '"
              + schedule.pipeline()
              + "'; give each its own name");
    }
    datasets.add(entry);
  }
}
