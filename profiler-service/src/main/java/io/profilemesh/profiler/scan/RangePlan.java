package io.profilemesh.profiler.scan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that together read the rows of a scan once, in the order in which their results
 * are combined.
 *
 * @param statements one COPY per range, at least one
 * @param bytes size of the table in the source, or null when it has none of its own
 * @param rowsPerBlock average rows of a storage block, at least 1
 */
record RangePlan(List<String> statements, @Nullable Long bytes, double rowsPerBlock) {

  RangePlan {
    statements = List.copyOf(statements);
  }
}
