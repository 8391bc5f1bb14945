package io.profilemesh.drift.processor;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records and waits for the registry where it must: a verdict is not lost because an id is
 * not known yet.
 *
 * @param <T> type of the records
 */
public record PatientSerializer<T extends SpecificRecord>(
    Serializer<SpecificRecord> serializer, RegistryPatience patience) implements Serializer<T> {

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T record) {
    if (record == null) {
      return null;
    }
    return patience.insist(() -> serializer.serialize(topic, record));
  }
}
