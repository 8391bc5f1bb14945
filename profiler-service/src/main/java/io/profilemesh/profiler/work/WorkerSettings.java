package io.profilemesh.profiler.work;

import java.time.Duration;

/**
 * How a worker works.
 *
 * @param concurrency scans at once
 * @param maxHeldPerPartition accepted runs held per partition; more stay in the topic
 * @param maxRunTime longest attempt of a run
 * @param retryFor how long a run is retried when its source is unreachable or times out
 * @param retryPause first pause between retries; doubles each time, to {@code maxRetryPause}
 * @param progressInterval shortest time between two progress events of a run
 */
public record WorkerSettings(
    int concurrency,
    int maxHeldPerPartition,
    Duration maxRunTime,
    Duration retryFor,
    Duration retryPause,
    Duration maxRetryPause,
    Duration progressInterval) {

  public WorkerSettings {
    if (concurrency < 1 || maxHeldPerPartition < 1) {
      throw new IllegalArgumentException("a worker scans and holds at least one run");
    }
  }
}
