package io.profilemesh.sink.store;

import io.profilemesh.schema.Refusal;
import io.profilemesh.sink.rows.RecordRow;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A record of a batch: decoded, or refused. */
record BatchEntry<T>(
    ConsumerRecord<byte[], byte[]> record,
    @Nullable T value,
    @Nullable Refusal refusal,
    @Nullable Integer schemaId) {

  TopicPartition partition() {
    return new TopicPartition(record.topic(), record.partition());
  }

  long offset() {
    return record.offset();
  }

  RecordRow<T> row() {
    if (value == null) {
      throw new IllegalStateException("a refused record has no row");
    }
    return new RecordRow<>(value, record.value(), record.partition(), record.offset());
  }

  Refused refused() {
    if (refusal == null) {
      throw new IllegalStateException("the record was not refused");
    }
    return new Refused(record, refusal, schemaId);
  }
}
