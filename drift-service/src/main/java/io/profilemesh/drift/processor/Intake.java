package io.profilemesh.drift.processor;

import io.profilemesh.schema.RecordCoordinates;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.Refusal;
import io.profilemesh.schema.serde.Decoded;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of one type, whatever their bytes are: a good one is handed on, a bad one becomes a
 * dead letter.
 *
 * @param <T> type of the records
 * @param decoder turns bytes into a record, or says why not
 * @param objection what else speaks against a record that obeys the rules of its type
 */
record Intake<T extends SpecificRecord>(
    DriftContext drift,
    Function<byte @Nullable [], Decoded<T>> decoder,
    RegistryPatience patience,
    Function<T, Optional<Refusal>> objection) {

  /** Reads one; a record without a value is none of its business. */
  void read(
      ProcessorContext<byte[], Step> context, Record<byte[], byte[]> record, Consumer<T> good) {
    RecordCoordinates where = where(context, record);
    Decoded<T> decoded = patience.insist(() -> decoder.apply(record.value()));
    if (decoded instanceof Decoded.Value<T> read) {
      Optional<Refusal> refusal =
          RecordRules.check(text(record.key()), read.record())
              .or(() -> objection.apply(read.record()));
      if (refusal.isEmpty()) {
        good.accept(read.record());
      } else {
        Refusal why = refusal.get();
        context.forward(drift.refusal(record, where, why.code(), why.message(), read.schemaId()));
      }
    } else if (decoded instanceof Decoded.Refused<T> bad) {
      context.forward(drift.refusal(record, where, bad.code(), bad.message(), bad.schemaId()));
    }
  }

  /** The key as text; a key that is no UTF-8 is some other key. */
  static @Nullable String text(byte @Nullable [] key) {
    if (key == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      return "\uFFFD";
    }
  }

  static RecordCoordinates where(
      ProcessorContext<byte[], Step> context, Record<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    RecordMetadata metadata =
        context
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
