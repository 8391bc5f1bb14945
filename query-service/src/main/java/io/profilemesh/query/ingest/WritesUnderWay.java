package io.profilemesh.query.ingest;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions are being written, so that an instance that loses one can let its last batch end
 * before the next owner begins. Thread-safe.
 */
final class WritesUnderWay {

  private final Map<TopicPartition, Integer> writes = new HashMap<>();

  synchronized void begin(Set<TopicPartition> partitions) {
    partitions.forEach(partition -> writes.merge(partition, 1, Integer::sum));
  }

  synchronized void end(Set<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      int left = writes.getOrDefault(partition, 1) - 1;
      if (left > 0) {
        writes.put(partition, left);
      } else {
        writes.remove(partition);
      }
    }
    notifyAll();
  }

  /** Waits until none of the partitions is being written; false: it took too long. */
  synchronized boolean awaitNone(Collection<TopicPartition> partitions, Duration longest)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (partitions.stream().anyMatch(writes::containsKey)) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }
}
