package io.profilemesh.drift.wiring;

import io.profilemesh.drift.processor.DriftContext;
import io.profilemesh.drift.processor.PatientSerializer;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DeadLetters;
import io.profilemesh.schema.EventHeaders;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordCoordinates;
import io.profilemesh.schema.Topic;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Writes the dead letters of the exception handlers, into the transaction of the record.
 *
 * @param topic dead-letters
 */
public record HandlerLetters(
    DriftContext drift, PatientSerializer<DeadLetter> serializer, Topic topic) {

  /** Key of the Streams configuration under which Kafka hands it to the handlers. */
  static final String KEY = "profilemesh.handler.letters";

  static HandlerLetters from(Map<String, ?> configs) {
    if (configs.get(KEY) instanceof HandlerLetters letters) {
      return letters;
    }
    throw new IllegalArgumentException(KEY + " is missing in the configuration of the streams");
  }

  ProducerRecord<byte[], byte[]> about(
      ErrorHandlerContext context, ReasonCode code, String message) {
    byte[] value = context.sourceRawValue();
    RecordCoordinates where =
        new RecordCoordinates(
            context.topic(),
            context.partition(),
            context.offset(),
            context.timestamp() < 0 ? null : Instant.ofEpochMilli(context.timestamp()),
            value == null ? 0 : value.length);
    DeadLetter letter =
        DeadLetters.of(drift.environment(), DriftContext.SERVICE, where, code, message, null);
    drift.observer().refused(context.topic(), code);
    EventHeaders headers =
        EventHeaders.of(
            drift.environment(),
            DriftContext.SERVICE,
            letter,
            letter.getDeadLetterId(),
            Instant.ofEpochMilli(Math.max(0, context.timestamp())),
            EventHeaders.traceparent(context.headers()).orElse(null));
    return new ProducerRecord<>(
        topic.name(),
        null,
        Math.max(0, context.timestamp()),
        context.sourceRawKey(),
        serializer.serialize(topic.name(), letter),
        headers.toHeaders());
  }
}
