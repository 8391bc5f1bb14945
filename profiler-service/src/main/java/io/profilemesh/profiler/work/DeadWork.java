package io.profilemesh.profiler.work;

import io.profilemesh.schema.ReasonCode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A work record that is none.
 *
 * @param schemaId schema id in its header, or null
 */
record DeadWork(
    ConsumerRecord<byte[], byte[]> record,
    ReasonCode code,
    String message,
    @Nullable Integer schemaId) {

  long offset() {
    return record.offset();
  }
}
