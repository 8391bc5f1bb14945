package io.profilemesh.profiler.work;

import io.profilemesh.configuration.DatasetConfig;
import io.profilemesh.configuration.SamplingConfig;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.profiler.scan.ScanSampling;
import io.profilemesh.schema.PlanDecision;
import io.profilemesh.schema.RunOptions;
import io.profilemesh.schema.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The sampling of a run: the request's, else the planner's, else the configuration's. */
final class RunSampling {

  private RunSampling() {}

  static ScanSampling of(
      DatasetId dataset,
      @Nullable RunOptions options,
      @Nullable PlanDecision plan,
      DatasetConfig config) {
    Sampling asked = options == null ? null : options.getSampling();
    if (asked == null && plan != null) {
      asked = plan.getSampling();
    }
    return asked == null ? configured(dataset, config.sampling()) : asked(dataset, asked);
  }

  private static ScanSampling configured(DatasetId dataset, SamplingConfig sampling) {
    Long limit = sampling.rowLimit();
    return switch (sampling.method()) {
      case NONE -> ScanSampling.NONE;
      case BERNOULLI -> ScanSampling.bernoulli(sampling.fraction(), seed(dataset, sampling.seed()));
      case BLOCK -> ScanSampling.block(sampling.fraction(), seed(dataset, sampling.seed()));
      case LIMIT -> limit == null ? ScanSampling.NONE : ScanSampling.firstRows(limit);
    };
  }

  private static ScanSampling asked(DatasetId dataset, Sampling sampling) {
    Long limit = sampling.getRowLimit();
    return switch (sampling.getMethod()) {
      case NONE, UNKNOWN -> limit == null ? ScanSampling.NONE : ScanSampling.firstRows(limit);
      case BERNOULLI ->
          ScanSampling.bernoulli(sampling.getFraction(), seed(dataset, sampling.getSeed()));
      case BLOCK -> ScanSampling.block(sampling.getFraction(), seed(dataset, sampling.getSeed()));
      case LIMIT -> limit == null ? ScanSampling.NONE : ScanSampling.firstRows(limit);
    };
  }

  /** Follows from the dataset, so that two runs over unchanged data read the same rows. */
  private static long seed(DatasetId dataset, @Nullable Long given) {
    if (given != null) {
      return given;
    }
    UUID name = UUID.nameUUIDFromBytes(dataset.toString().getBytes(StandardCharsets.UTF_8));
    return name.getMostSignificantBits();
  }
}
