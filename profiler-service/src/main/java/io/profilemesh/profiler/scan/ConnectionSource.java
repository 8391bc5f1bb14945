package io.profilemesh.profiler.scan;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections to a source. A scan takes up to {@link ScanRequest#connections()} and closes
 * each.
 */
@FunctionalInterface
public interface ConnectionSource {

  /** A connection that nobody else uses, pooled or new. */
  Connection open() throws SQLException;
}
