package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnName;
import java.time.Instant;

/**
 * A closed period of a table by a date or timestamp column.
 *
 * @param start inclusive
 * @param end exclusive, after start; columns without a zone are read as UTC
 */
public record ScanSlice(ColumnName column, Instant start, Instant end) {

  public ScanSlice {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("a slice begins before it ends");
    }
  }
}
