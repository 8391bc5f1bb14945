package io.profilemesh.query.ingest;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a sink is doing, for readiness and metrics. Thread-safe. */
public final class SinkState {

  private final String topic;
  private final AtomicReference<@Nullable Waiting> waiting = new AtomicReference<>();
  private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();

  SinkState(String topic) {
    this.topic = topic;
  }

  /**
   * Why a sink waits.
   *
   * @param reason one sentence
   * @param since when it began to
   * @param paused whether it waits for people, and REST answers meanwhile
   */
  public record Waiting(String reason, Instant since, boolean paused) {}

  public String topic() {
    return topic;
  }

  /** Why it waits; null: it works. */
  public @Nullable Waiting waiting() {
    return waiting.get();
  }

  /** Next offsets of the partitions this instance has read. */
  public Map<TopicPartition, Long> positions() {
    return Map.copyOf(positions);
  }

  void waits(String reason) {
    waiting.compareAndSet(null, new Waiting(reason, Instant.now(), false));
  }

  void pauses(String reason) {
    waiting.compareAndSet(null, new Waiting(reason, Instant.now(), true));
  }

  void works() {
    waiting.set(null);
  }

  void reached(TopicPartition partition, long nextOffset) {
    positions.put(partition, nextOffset);
  }

  void left(TopicPartition partition) {
    positions.remove(partition);
  }
}
