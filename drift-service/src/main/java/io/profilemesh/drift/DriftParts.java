package io.profilemesh.drift;

import io.profilemesh.drift.processor.DriftContext;
import io.profilemesh.drift.processor.PatientSerializer;
import io.profilemesh.drift.processor.RegistryPatience;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.Expectation;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.serde.Decoded;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * What the topology is put together from.
 *
 * @param drift what all steps share
 * @param decoder turns bytes into parts, or says why not
 * @param serializer writes records of every type
 * @param patience waits for the registry
 * @param policies turns bytes into policies, or says why not
 * @param commands turns bytes into commands, or says why not
 * @param expectations turns bytes into expectations, or says why not
 * @param pauses turns bytes into instructions to pipelines, or says why not
 */
public record DriftParts(
    DriftContext drift,
    Function<byte @Nullable [], Decoded<TableProfile>> decoder,
    Serializer<SpecificRecord> serializer,
    RegistryPatience patience,
    Function<byte @Nullable [], Decoded<DriftPolicy>> policies,
    Function<byte @Nullable [], Decoded<DriftCommand>> commands,
    Function<byte @Nullable [], Decoded<Expectation>> expectations,
    Function<byte @Nullable [], Decoded<ScheduleCommand>> pauses) {

  /** A serde that only writes: nothing of ours is read back through it. */
  <T extends SpecificRecord> Serde<T> serde() {
    Deserializer<T> none =
        (topic, bytes) -> {
          throw new UnsupportedOperationException("the topology does not read " + topic);
        };
    return Serdes.serdeFrom(new PatientSerializer<T>(serializer, patience), none);
  }
}
