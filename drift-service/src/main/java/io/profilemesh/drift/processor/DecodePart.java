package io.profilemesh.drift.processor;

import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordCoordinates;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.Refusal;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.serde.Decoded;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
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
    RecordCoordinates where = where(record);
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
    Optional<Refusal> refusal = RecordRules.check(text(key), profile);
    if (refusal.isEmpty() && !profile.getEnvironment().equals(drift.environment())) {
      return Optional.of(
          new Refusal(ReasonCode.INVALID_RECORD, "The profile is of another environment."));
    }
    return refusal;
  }

  /** The key as text; a key that is no UTF-8 is some other key. */
  private static @Nullable String text(byte @Nullable [] key) {
    if (key == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      return "\uFFFD";
    }
  }

  private RecordCoordinates where(Record<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    RecordMetadata metadata =
        context()
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a record from a topic has coordinates"));
    return new RecordCoordinates(
        metadata.topic(),
        metadata.partition(),
        metadata.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        value == null ? 0 : value.length);
  }
}
