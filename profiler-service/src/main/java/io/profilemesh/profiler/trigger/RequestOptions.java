package io.profilemesh.profiler.trigger;

import io.profilemesh.schema.DistinctMode;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunOptions;
import org.jspecify.annotations.Nullable;

/** What this version can do of what a request may ask. */
final class RequestOptions {

  private static final int MOST_COLUMN_PATTERNS = 1_000;

  private RequestOptions() {}

  static void check(@Nullable RunOptions options) throws Declined {
    if (options == null) {
      return;
    }
    if (options.getSlice() != null) {
      throw new Declined(
          ReasonCode.UNSUPPORTED_OPTION, "Slices are not supported by this version; leave it out.");
    }
    if (options.getDistinct() == DistinctMode.EXACT) {
      throw new Declined(
          ReasonCode.UNSUPPORTED_OPTION,
          "Exact distinct counts are not supported by this version; use AUTO.");
    }
    if (options.getIncludeColumns().size() > MOST_COLUMN_PATTERNS
        || options.getExcludeColumns().size() > MOST_COLUMN_PATTERNS) {
      throw new Declined(
          ReasonCode.INVALID_OPTION,
          "A request has at most 1,000 column patterns each way; use wildcards.");
    }
  }
}
