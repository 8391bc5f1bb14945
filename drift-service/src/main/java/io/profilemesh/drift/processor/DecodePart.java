package io.profilemesh.drift.processor;

import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordCoordinates;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.Refusal;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.serde.Decoded;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a part, whatever they are: forwards the part, or why it is refused. */
public final class DecodePart extends ContextualProcessor<byte[], byte[], byte[], Step> {

  private final DriftContext drift;
  private final Function<byte @Nullable [], Decoded<TableProfile>> decoder;
  private final RegistryPatience patience;

  public DecodePart(
      DriftContext drift,
      Function<byte @Nullable [], Decoded<TableProfile>> decoder,
      RegistryPatience patience) {
    this.drift = drift;
    this.decoder = decoder;
    this.patience = patience;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    RecordCoordinates where = Intake.where(context(), record);
    Decoded<TableProfile> decoded = patience.insist(() -> decoder.apply(value));
    if (decoded instanceof Decoded.Value<TableProfile> read && value != null) {
      Optional<Refusal> refusal = objection(record.key(), read.record());
      context()
          .forward(
              refusal.isEmpty()
                  ? record.withValue(new Step.Part(read.record(), value, where))
                  : drift.refusal(
                      record,
                      where,
                      refusal.get().code(),
                      refusal.get().message(),
                      read.schemaId()));
    } else if (decoded instanceof Decoded.Refused<TableProfile> bad) {
      context().forward(drift.refusal(record, where, bad.code(), bad.message(), bad.schemaId()));
    }
  }

  private Optional<Refusal> objection(byte @Nullable [] key, TableProfile profile) {
    Optional<Refusal> refusal = RecordRules.check(Intake.text(key), profile);
    if (refusal.isEmpty() && !profile.getEnvironment().equals(drift.environment())) {
      return Optional.of(
          new Refusal(ReasonCode.INVALID_RECORD, "The profile is of another environment."));
    }
    return refusal;
  }
}
