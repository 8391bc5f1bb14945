package io.profilemesh.profiler.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When to ask again for tables whose last request came to nothing: a source that was away for a
 * moment must not cost a drift, and a table that never can be read must not cost much. Guarded by
 * its user.
 */
final class Repeats {

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final Map<CapturedTable, Duration> pauses = new HashMap<>();

  /** Whether the pause after a request has passed. */
  boolean isTime(CapturedTable table, Instant asked, Instant now) {
    return !now.isBefore(asked.plus(pauses.getOrDefault(table, FIRST_PAUSE)));
  }

  /** The table is asked for again; the next pause is longer. */
  void again(CapturedTable table) {
    Duration longer = pauses.getOrDefault(table, FIRST_PAUSE).multipliedBy(2);
    pauses.put(table, longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer);
  }

  /** A request for the table has led to something. */
  void forget(CapturedTable table) {
    pauses.remove(table);
  }
}
