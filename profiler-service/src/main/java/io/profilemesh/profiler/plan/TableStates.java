package io.profilemesh.profiler.plan;

import io.profilemesh.core.profile.DatasetId;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is known of datasets from earlier runs. Safe for use by many threads. */
public interface TableStates {

  /** The newest scan made as the configuration says; empty when there was none. */
  Optional<LastScan> lastScan(DatasetId dataset);

  /** Seconds per row over all tables of a source that were read; empty when there were none. */
  OptionalDouble secondsPerRow(String source);
}
