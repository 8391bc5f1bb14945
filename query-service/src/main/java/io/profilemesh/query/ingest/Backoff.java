package io.profilemesh.query.ingest;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next try: twice as long each time, up to a limit, and never the same
 * for everybody. Not thread-safe.
 */
final class Backoff {

  private final long firstMillis;
  private final long longestMillis;
  private int tries;

  Backoff(Duration first, Duration longest) {
    this.firstMillis = first.toMillis();
    this.longestMillis = longest.toMillis();
  }

  /** Between half of the doubled time and all of it. */
  Duration next() {
    long millis = Math.min(longestMillis, firstMillis << Math.min(tries++, 20));
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }

  /** Begins again with the first. */
  void reset() {
    tries = 0;
  }
}
