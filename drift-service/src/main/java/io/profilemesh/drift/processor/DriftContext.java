package io.profilemesh.drift.processor;

import io.profilemesh.core.incident.IncidentRules;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DeadLetters;
import io.profilemesh.schema.EventHeaders;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordCoordinates;
import java.net.URI;
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
 * @param dashboard where people find the dashboard; null: events carry no link
 * @param observer is told what happens
 */
public record DriftContext(
    String environment,
    boolean recogniseRepeats,
    IncidentRules rules,
    @Nullable URI dashboard,
    DriftObserver observer) {

  /** Name of the service in dead letters and event sources. */
  public static final String SERVICE = "drift-service";

  /** One without a dashboard. */
  public DriftContext(
      String environment, boolean recogniseRepeats, IncidentRules rules, DriftObserver observer) {
    this(environment, recogniseRepeats, rules, null, observer);
  }

  /** Where to look at an incident; null when there is no dashboard. */
  @Nullable String dashboardUrl(String incidentId) {
    if (dashboard == null) {
      return null;
    }
    String base = dashboard.toString();
    return (base.endsWith("/") ? base : base + "/") + "#/incidents/" + incidentId;
  }

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
