package io.profilemesh.drift.processor;

import io.profilemesh.core.incident.IncidentRules;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DeadLetters;
import io.profilemesh.schema.EventHeaders;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordCoordinates;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What all steps share.
 *
 * @param environment environment of the mesh
 * @param recogniseRepeats false only in tests of the tests: repeated runs are judged again
 * @param rules when incidents move
 * @param observer is told what happens
 */
public record DriftContext(
    String environment, boolean recogniseRepeats, IncidentRules rules, DriftObserver observer) {

  /** Name of the service in dead letters and event sources. */
  public static final String SERVICE = "drift-service";

  /** A record for a topic of ours: the value with its CloudEvents headers, at the same time. */
  <K, V> Record<K, V> outgoing(Record<K, ?> cause, V value, SpecificRecord content, String id) {
    return new Record<>(
        cause.key(),
        value,
        cause.timestamp(),
        EventHeaders.of(
                environment,
                SERVICE,
                content,
                id,
                Instant.ofEpochMilli(cause.timestamp()),
                EventHeaders.traceparent(cause.headers()).orElse(null))
            .toHeaders());
  }

  /** A dead letter about a record. */
  <K> Record<K, Step> refusal(
      Record<K, ?> cause,
      RecordCoordinates where,
      ReasonCode code,
      String message,
      @Nullable Integer schemaId) {
    observer.refused(where.topic(), code);
    DeadLetter letter = DeadLetters.of(environment, SERVICE, where, code, message, schemaId);
    return outgoing(cause, new Step.Refused(letter), letter, letter.getDeadLetterId());
  }
}
