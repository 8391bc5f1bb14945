package io.profilemesh.cli.rebuild;

import io.profilemesh.sink.rebuild.RebuildListener;
import io.profilemesh.sink.rebuild.RebuildOptions;
import io.profilemesh.sink.rebuild.RebuildResult;

/** Makes the derived tables of one mesh again. */
@FunctionalInterface
public interface TableRebuild {

  /**
   * Rebuilds.
   *
   * @throws io.profilemesh.cli.Failure when it cannot be done or not be finished; nothing was
   *     replaced
   */
  RebuildResult run(RebuildOptions options, RebuildListener listener);
}
