package io.profilemesh.configuration;

import java.time.Duration;

/**
 * What a source lets the profiler take.
 *
 * @param maxConnections connections open at once: one for looking tables up, the others for scans
 * @param maxScans tables scanned at once, at least 1
 * @param connectTimeout longest wait for a connection
 * @param statementTimeout longest run of one statement
 * @param lockTimeout longest wait for a lock
 */
public record SourceLimits(
    int maxConnections,
    int maxScans,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration lockTimeout) {

  /** Limits unless configured otherwise. */
  public static final SourceLimits DEFAULTS =
      new SourceLimits(5, 2, Duration.ofSeconds(10), Duration.ofMinutes(30), Duration.ofSeconds(5));

  public SourceLimits {
    if (maxScans < 1 || maxConnections <= maxScans) {
      throw new IllegalArgumentException(
          "a source needs a connection for each of its scans and one for looking tables up");
    }
  }

  /** Connections one scan may use, so that all scans together leave one for looking tables up. */
  public int connectionsPerScan() {
    return (maxConnections - 1) / maxScans;
  }
}
