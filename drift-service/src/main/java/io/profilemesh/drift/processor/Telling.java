package io.profilemesh.drift.processor;

import io.profilemesh.core.incident.Announcement;
import io.profilemesh.core.incident.Incident;
import io.profilemesh.core.incident.Sighting;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.drift.mapping.IncidentMapping;
import io.profilemesh.drift.store.DatasetOrders;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.IncidentState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Forwards what became of incidents: events for people, and the incidents as they stand.
 *
 * @param orders what people told of the dataset
 * @param forward the way out of the step
 */
record Telling(
    DriftContext drift,
    IncidentMapping mapping,
    DatasetOrders orders,
    Consumer<Record<byte[], Step>> forward) {

  /**
   * Forwards the announcements of a book.
   *
   * @param events events of the findings, by id
   * @return ids of the events forwarded, in order
   */
  List<String> announce(
      Record<byte[], ?> cause,
      IncidentBook book,
      Map<String, DriftEvent> events,
      long policyVersion) {
    List<String> told = new ArrayList<>();
    for (Announcement announcement : book.announcements()) {
      if (isMuted(announcement.incident(), cause.timestamp())) {
        continue;
      }
      Sighting sighting = announcement.sighting();
      DriftEvent known = sighting == null ? null : events.get(sighting.eventId());
      DriftEvent event = known == null ? mapping.event(announcement, policyVersion) : known;
      IncidentState state = IncidentMapping.state(announcement.state());
      event.setIncidentId(announcement.incident().id());
      event.setIncidentState(state);
      event.setDashboardUrl(drift.dashboardUrl(announcement.incident().id()));
      drift.observer().told(event.getSeverity(), state);
      forward.accept(drift.outgoing(cause, new Step.Event(event), event, event.getEventId()));
      told.add(event.getEventId());
    }
    return told;
  }

  private boolean isMuted(Incident incident, long timestamp) {
    ColumnName column = incident.key().column();
    return orders.mutes(
        column == null ? null : column.value(),
        incident.origin().metric(),
        Instant.ofEpochMilli(timestamp));
  }

  /** Forwards the incidents that changed and, as tombstones, those that are forgotten. */
  void stand(Record<byte[], ?> cause, IncidentBook book) {
    for (Incident incident : book.changed()) {
      io.profilemesh.schema.Incident record = mapping.incident(incident);
      String id = incident.id() + "/" + incident.revision();
      forward.accept(
          drift
              .outgoing(cause, (Step) new Step.Standing(record), record, id)
              .withKey(key(incident.id())));
    }
    for (String id : book.forgotten()) {
      forward.accept(tombstone(id, cause.timestamp()));
    }
  }

  /** The record that removes an incident from its topic. */
  static Record<byte[], Step> tombstone(String id, long timestamp) {
    return new Record<>(key(id), new Step.Standing(null), timestamp, new RecordHeaders());
  }

  private static byte[] key(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }
}
