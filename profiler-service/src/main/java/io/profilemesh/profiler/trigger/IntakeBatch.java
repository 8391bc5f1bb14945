package io.profilemesh.profiler.trigger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records read together.
 *
 * @param records in the order of each partition
 * @param generation of the consumer group when they were read
 */
public record IntakeBatch(List<ConsumerRecord<byte[], byte[]>> records, int generation) {

  public IntakeBatch {
    records = List.copyOf(records);
  }

  /** The offsets to go on from once the batch has been answered. */
  Map<TopicPartition, OffsetAndMetadata> nextOffsets() {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      next.merge(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1),
          (one, other) -> one.offset() > other.offset() ? one : other);
    }
    return next;
  }
}
