package io.profilemesh.profiler.trigger;

import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunOptions;
import org.jspecify.annotations.Nullable;

/** What a request may ask of this service beyond what every request must obey. */
final class RequestOptions {

  private static final int MOST_COLUMN_PATTERNS = 1_000;

  private RequestOptions() {}

  static void check(@Nullable RunOptions options) throws Declined {
    if (options == null) {
      return;
    }
    if (options.getIncludeColumns().size() > MOST_COLUMN_PATTERNS
        || options.getExcludeColumns().size() > MOST_COLUMN_PATTERNS) {
      throw new Declined(
          ReasonCode.INVALID_OPTION,
          "A request has at most 1,000 column patterns each way; use wildcards.");
    }
  }
}
