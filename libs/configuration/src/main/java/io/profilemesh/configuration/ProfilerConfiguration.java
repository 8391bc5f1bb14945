package io.profilemesh.configuration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file, valid as a whole.
 *
 * @param environment environment it names, or null
 * @param sources in the order of the file
 * @param datasets in the order of the file: the first entry that matches a table wins
 * @param captures how changes are followed, of the sources where they are
 */
public record ProfilerConfiguration(
    @Nullable String environment,
    Map<SourceName, SourceConfig> sources,
    List<DatasetConfig> datasets,
    Map<SourceName, CaptureConfig> captures) {

  public ProfilerConfiguration {
    sources = Map.copyOf(sources);
    datasets = List.copyOf(datasets);
    captures = Map.copyOf(captures);
    if (!sources.keySet().containsAll(captures.keySet())) {
      throw new IllegalArgumentException("only registered sources are captured");
    }
  }

  /** The source of that name; empty when it is not registered. */
  public Optional<SourceConfig> source(SourceName name) {
    return Optional.ofNullable(sources.get(name));
  }

  /** What the configuration says of a whole table: its first matching entry, or the defaults. */
  public DatasetConfig dataset(SourceName source, String schema, String table) {
    return dataset(source, schema, table, null).orElseGet(() -> DatasetConfig.defaults(source));
  }

  /**
   * The first entry that speaks of a table, or of a slice of it; empty when none does.
   *
   * @param slice name of a slice, or null for the whole table
   */
  public Optional<DatasetConfig> dataset(
      SourceName source, String schema, String table, @Nullable String slice) {
    return datasets.stream()
        .filter(entry -> entry.source().equals(source) && isSlice(entry.slice(), slice))
        .filter(entry -> entry.matches(schema, table))
        .findFirst();
  }

  private static boolean isSlice(@Nullable SliceConfig slice, @Nullable String name) {
    return slice == null ? name == null : slice.name().equals(name);
  }

  /** How changes of a source are followed; empty where they are not. */
  public Optional<CaptureConfig> capture(SourceName source) {
    return Optional.ofNullable(captures.get(source));
  }

  /** When changes of a table are a reason to profile it; empty where no entry matches it. */
  public Optional<ChangeRules> changeRules(SourceName source, String schema, String table) {
    return datasets.stream()
        .filter(entry -> entry.source().equals(source) && entry.slice() == null)
        .filter(entry -> entry.matches(schema, table))
        .findFirst()
        .map(DatasetConfig::changes);
  }
}
