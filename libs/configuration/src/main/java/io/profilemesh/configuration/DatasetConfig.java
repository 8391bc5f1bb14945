package io.profilemesh.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Defaults for the tables of a source that an entry of the configuration matches.
 *
 * @param include tables the entry speaks of; never empty
 * @param exclude tables it leaves out
 * @param distinct how distinct values are counted
 * @param histogramBins bins of a histogram
 * @param dataAgeColumn timestamp column that says how old the data is, or null
 * @param schedule when they are profiled, or null for only when asked
 * @param plan how much of them is read, and when not at all
 * @param slice time slice, or null for the whole table
 * @param changes when changed rows are a reason to profile
 */
public record DatasetConfig(
    SourceName source,
    List<TablePattern> include,
    List<TablePattern> exclude,
    SamplingConfig sampling,
    List<String> includeColumns,
    List<String> excludeColumns,
    Distinct distinct,
    int histogramBins,
    @Nullable String dataAgeColumn,
    ValuesConfig values,
    @Nullable String owner,
    List<String> tags,
    @Nullable ScheduleConfig schedule,
    PlanConfig plan,
    @Nullable SliceConfig slice,
    ChangeRules changes) {

  /** Bins of a histogram unless configured otherwise. */
  public static final int DEFAULT_BINS = 10;

  public DatasetConfig {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    includeColumns = List.copyOf(includeColumns);
    excludeColumns = List.copyOf(excludeColumns);
    tags = List.copyOf(tags);
    if (include.isEmpty()) {
      throw new IllegalArgumentException("a dataset entry names at least one table or pattern");
    }
  }

  /** What applies to a table that no entry matches. */
  public static DatasetConfig defaults(SourceName source) {
    return new DatasetConfig(
        source,
        List.of(TablePattern.ANY),
        List.of(),
        SamplingConfig.NONE,
        List.of(),
        List.of(),
        Distinct.AUTO,
        DEFAULT_BINS,
        null,
        ValuesConfig.REDACTED,
        null,
        List.of(),
        null,
        PlanConfig.DEFAULTS,
        null,
        ChangeRules.DEFAULTS);
  }

  /** Whether the entry speaks of that table of its source. */
  public boolean matches(String schema, String table) {
    return include.stream().anyMatch(pattern -> pattern.matches(schema, table))
        && exclude.stream().noneMatch(pattern -> pattern.matches(schema, table));
  }

  /** How distinct values are counted. */
  public enum Distinct {
    AUTO,
    EXACT,
    APPROXIMATE
  }
}
