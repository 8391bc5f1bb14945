package io.profilemesh.profiler.capture;

import io.profilemesh.schema.ReasonCode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Where a feed puts what it reads. Used by the feed's thread only. */
interface ChangeSink {

  /** Counts a change; it is kept once the position after it is stored. */
  void count(CapturedTable table, ChangeTally.Kind kind, long rows);

  /** Notes a record that is no change; it becomes a dead letter with the position after it. */
  void refuse(
      ConsumerRecord<byte[], byte[]> record,
      ReasonCode code,
      String message,
      @Nullable Integer schemaId);

  /** Whether anything has been counted since the last position was stored. */
  boolean hasCounted();

  /**
   * Keeps the position together with everything counted up to it. Blocks while the cluster is away.
   *
   * @return false when another instance follows the source now: nothing was kept, and the source
   *     must not be told that it was
   */
  boolean store(LogPosition position);
}
