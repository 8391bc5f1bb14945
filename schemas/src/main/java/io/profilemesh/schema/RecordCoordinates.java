package io.profilemesh.schema;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where a record is, without what is in it.
 *
 * @param topic topic
 * @param partition partition
 * @param offset offset
 * @param timestamp timestamp of the record; null where it has none
 * @param sizeBytes size of its value in bytes; 0 for none
 */
public record RecordCoordinates(
    String topic, int partition, long offset, @Nullable Instant timestamp, long sizeBytes) {

  /** Coordinates of a consumed record. */
  public static RecordCoordinates of(ConsumerRecord<?, ?> record) {
    return new RecordCoordinates(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp() < 0 ? null : Instant.ofEpochMilli(record.timestamp()),
        Math.max(0, record.serializedValueSize()));
  }
}
