package io.profilemesh.sink.store;

import io.profilemesh.schema.Refusal;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that becomes no row.
 *
 * @param record the record
 * @param refusal why
 * @param schemaId schema id in its header; null where it had none
 */
public record Refused(
    ConsumerRecord<byte[], byte[]> record, Refusal refusal, @Nullable Integer schemaId) {}
