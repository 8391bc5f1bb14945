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
 */
public record ProfilerConfiguration(
    @Nullable String environment,
    Map<SourceName, SourceConfig> sources,
    List<DatasetConfig> datasets) {

  public ProfilerConfiguration {
    sources = Map.copyOf(sources);
    datasets = List.copyOf(datasets);
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
}
