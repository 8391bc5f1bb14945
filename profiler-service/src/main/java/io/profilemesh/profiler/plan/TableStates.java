package io.profilemesh.profiler.plan;

import io.profilemesh.core.profile.DatasetId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is known of datasets from earlier runs. Safe for use by many threads. */
public interface TableStates {

  /** The newest scan made as the configuration says; empty when there was none. */
  Optional<LastScan> lastScan(DatasetId dataset);

  /** Datasets of a source that were read and have not been reported as gone, in their order. */
  List<DatasetId> known(String source);

  /** Forgets a dataset at once, before its topic says so. */
  void forget(DatasetId dataset);

  /** Seconds per row over all tables of a source that were read; empty when there were none. */
  OptionalDouble secondsPerRow(String source);
}
