package io.profilemesh.profiler.plan;

import io.profilemesh.configuration.DatasetConfig;
import io.profilemesh.schema.DistinctMode;
import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.RunOptions;
import org.jspecify.annotations.Nullable;

/** The settings that decide what a profile says. */
public final class ProfileSettings {

  /** To be raised when profiles of unchanged tables shall be made anew after an upgrade. */
  private static final String GENERATION = "1";

  private ProfileSettings() {}

  /** Whether a request asks for nothing but what the configuration says. */
  public static boolean areConfigured(@Nullable RunOptions options) {
    return options == null
        || (options.getIncludeColumns().isEmpty()
            && options.getExcludeColumns().isEmpty()
            && options.getSampling() == null
            && options.getDistinct() == DistinctMode.AUTO);
  }

  /** Equal for configurations that make equal profiles of equal tables. */
  public static String hash(DatasetConfig config) {
    return EventIds.of(
        GENERATION,
        config.sampling().toString(),
        config.includeColumns().toString(),
        config.excludeColumns().toString(),
        config.distinct().name(),
        Integer.toString(config.histogramBins()),
        String.valueOf(config.dataAgeColumn()),
        config.values().toString(),
        String.valueOf(config.plan().maxRows()),
        String.valueOf(config.plan().maxBytes()),
        String.valueOf(config.slice()));
  }
}
