package io.profilemesh.sink.rows;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.IncidentState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Incidents as they stand; the last record of each counts, and a tombstone removes its row. */
public final class IncidentRows implements RowWriter<Incident> {

  private static final String UPSERT =
      """
      INSERT INTO profilemesh_incidents AS i (incident_id, environment, dataset_name, source,
        schema_name, table_name, slice, column_name, metric_group, state, severity,
        highest_severity, opened_at, updated_at, resolved_at, first_event_id, last_event_id,
        first_run_id, last_run_id, runs, message, owner, tags, acknowledged_by, assignee,
        muted_until, feedback, revision)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (incident_id) DO UPDATE SET
        state = excluded.state, severity = excluded.severity,
        highest_severity = excluded.highest_severity, updated_at = excluded.updated_at,
        resolved_at = excluded.resolved_at, last_event_id = excluded.last_event_id,
        last_run_id = excluded.last_run_id, runs = excluded.runs, message = excluded.message,
        owner = excluded.owner, tags = excluded.tags,
        acknowledged_by = excluded.acknowledged_by, assignee = excluded.assignee,
        muted_until = excluded.muted_until, feedback = excluded.feedback,
        revision = excluded.revision
      WHERE excluded.revision >= i.revision
      """;

  private static final String DELETE = "DELETE FROM profilemesh_incidents WHERE incident_id = ?";

  @Override
  public int write(Connection connection, List<RecordRow<Incident>> records) throws SQLException {
    Map<String, Incident> last = new TreeMap<>();
    records.forEach(row -> last.put(row.record().getIncidentId(), row.record()));
    List<Incident> standing = last.values().stream().filter(one -> !isRemoved(one)).toList();
    List<Incident> removed = last.values().stream().filter(IncidentRows::isRemoved).toList();
    Rows.write(connection, UPSERT, standing, IncidentRows::bind);
    Rows.write(connection, DELETE, removed, (row, one) -> row.text(one.getIncidentId()));
    return last.size();
  }

  @Override
  public Optional<Incident> removed(String key) {
    return Optional.of(
        Incident.newBuilder().setIncidentId(key).setState(IncidentState.UNKNOWN).build());
  }

  /** A record on the topic has a state; the rules see to it. */
  private static boolean isRemoved(Incident incident) {
    return incident.getState() == IncidentState.UNKNOWN;
  }

  private static void bind(Row row, Incident incident) throws SQLException {
    DatasetId dataset = DatasetId.parse(incident.getDatasetId());
    row.text(incident.getIncidentId())
        .text(incident.getEnvironment())
        .text(incident.getDatasetId())
        .text(dataset.source())
        .text(dataset.schema())
        .text(dataset.table())
        .text(dataset.slice())
        .text(incident.getColumn())
        .text(incident.getMetricGroup())
        .word(incident.getState())
        .word(incident.getSeverity())
        .word(incident.getHighestSeverity())
        .instant(incident.getOpenedAt())
        .instant(incident.getUpdatedAt())
        .instant(incident.getResolvedAt())
        .text(incident.getFirstEventId())
        .text(incident.getLastEventId())
        .run(incident.getFirstRunId())
        .run(incident.getLastRunId())
        .number((Integer) incident.getRuns())
        .text(incident.getMessage())
        .text(incident.getOwner())
        .texts(incident.getTags())
        .text(incident.getAcknowledgedBy())
        .text(incident.getAssignee())
        .instant(incident.getMutedUntil())
        .word(incident.getFeedback())
        .number((Long) incident.getRevision());
  }
}
