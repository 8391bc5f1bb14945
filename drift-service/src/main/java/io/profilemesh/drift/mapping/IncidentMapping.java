package io.profilemesh.drift.mapping;

import io.profilemesh.core.incident.Announcement;
import io.profilemesh.core.incident.Feedback;
import io.profilemesh.core.incident.IncidentIds;
import io.profilemesh.core.incident.IncidentKey;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftKind;
import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Writes the incidents of a dataset as records.
 *
 * @param environment environment of the mesh
 */
public record IncidentMapping(String environment, DatasetId dataset) {

  /** Identities that follow from the dataset and from what was judged. */
  public IncidentIds ids() {
    return new IncidentIds() {
      @Override
      public String incident(IncidentKey key, String openingEvent) {
        return EventIds.of(
            environment, dataset.toString(), text(key.column()), key.group(), openingEvent);
      }

      @Override
      public String resolution(io.profilemesh.core.incident.Incident incident) {
        return EventIds.of(environment, dataset.toString(), incident.id(), "resolved");
      }
    };
  }

  /** The incident as it stands. */
  public Incident incident(io.profilemesh.core.incident.Incident incident) {
    var course = incident.course();
    var care = incident.care();
    ColumnName column = incident.key().column();
    return Incident.newBuilder()
        .setIncidentId(incident.id())
        .setEnvironment(environment)
        .setDatasetId(dataset.toString())
        .setColumn(column == null ? null : column.value())
        .setMetricGroup(incident.key().group())
        .setState(state(incident))
        .setSeverity(severity(incident.scale().now()))
        .setHighestSeverity(severity(incident.scale().highest()))
        .setOpenedAt(incident.origin().when())
        .setUpdatedAt(course.when())
        .setResolvedAt(course.resolved())
        .setFirstEventId(incident.origin().event())
        .setLastEventId(course.event())
        .setFirstRunId(text(incident.origin().run()))
        .setLastRunId(text(course.run()))
        .setRuns(course.runs())
        .setMessage(course.message())
        .setOwner(care.owner())
        .setTags(care.tags())
        .setAcknowledgedBy(care.acknowledgedBy())
        .setAssignee(care.assignee())
        .setMutedUntil(care.mutedUntil())
        .setFeedback(feedback(care.feedback()))
        .setRevision(incident.revision())
        .build();
  }

  /** The event of an announcement that no finding makes. */
  public DriftEvent event(Announcement announcement, long policyVersion) {
    var incident = announcement.incident();
    ColumnName column = incident.key().column();
    return DriftEvent.newBuilder()
        .setEventId(incident.course().event())
        .setIncidentId(incident.id())
        .setIncidentState(state(announcement.state()))
        .setEnvironment(environment)
        .setRunId(text(incident.course().run()))
        .setOwner(incident.care().owner())
        .setTags(incident.care().tags())
        .setKind(DriftKind.valueOf(incident.origin().kind().name()))
        .setDatasetId(dataset.toString())
        .setSource(dataset.source())
        .setSchemaName(dataset.schema())
        .setTableName(dataset.table())
        .setSliceName(dataset.slice())
        .setColumn(column == null ? null : column.value())
        .setMetric(incident.origin().metric())
        .setDetector(incident.origin().detector())
        .setSeverity(severity(incident.scale().now()))
        .setPolicyVersion(policyVersion)
        .setMessage(incident.course().message())
        .setProfiledAt(incident.course().at())
        .build();
  }

  /** The state as it stands in events. */
  public static IncidentState state(Announcement.State state) {
    return switch (state) {
      case OPENED -> IncidentState.OPENED;
      case UPDATED -> IncidentState.UPDATED;
      case RESOLVED -> IncidentState.RESOLVED;
    };
  }

  private static IncidentState state(io.profilemesh.core.incident.Incident incident) {
    if (!incident.isOpen()) {
      return IncidentState.RESOLVED;
    }
    return incident.course().runs() == 1 ? IncidentState.OPENED : IncidentState.UPDATED;
  }

  private static Severity severity(io.profilemesh.core.drift.Severity severity) {
    return Severity.valueOf(severity.name());
  }

  private static io.profilemesh.schema.@Nullable Feedback feedback(@Nullable Feedback feedback) {
    return feedback == null ? null : io.profilemesh.schema.Feedback.valueOf(feedback.name());
  }

  private static String text(@Nullable ColumnName column) {
    return column == null ? "" : column.value();
  }

  private static String text(@Nullable RunId run) {
    return run == null ? "" : run.toString();
  }
}
