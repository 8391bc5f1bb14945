package io.profilemesh.query.history;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Questions about drift events. */
public final class DriftEvents {

  private static final Listing<DriftEventView> NEWEST =
      new Listing<>(
          "e.*",
          "profilemesh_events e",
          Belonging.toTables("e"),
          List.of("e.\"timestamp\"", "e.event_id"),
          List.of("timestamptz", "text"),
          true,
          DriftEvents::event,
          event -> List.of(event.profiledAt().toString(), event.eventId()));

  private DriftEvents() {}

  /** Drift events, newest first; conditions speak of {@code e}. */
  public static Question<Page<DriftEventView>> newest(Where where, PageRequest request) {
    Where drift = where.copy().and("e.event_type = 'drift'");
    return sight -> Pages.read(sight, NEWEST, drift, request);
  }

  /** The drift events of some ids that are stored. */
  public static Question<List<DriftEventView>> ofIds(List<String> ids) {
    Where where = new Where().and("e.event_id = ANY (?)", ids).and("e.event_type = 'drift'");
    return sight ->
        Pages.read(sight, NEWEST, where, new PageRequest(ids.size(), 0, null, false)).items();
  }

  private static DriftEventView event(Fields row) throws SQLException {
    String runId = row.textOrNull("run_id");
    return new DriftEventView(
        row.text("event_id"),
        runId == null ? null : UUID.fromString(runId),
        row.text("dataset_name"),
        row.text("source"),
        row.text("schema_name"),
        row.text("table_name"),
        row.textOrNull("slice"),
        row.text("environment"),
        row.textOrNull("column_name"),
        row.textOrNull("metric_name"),
        row.text("drift_kind"),
        row.text("drift_severity"),
        row.textOrNull("detector"),
        row.realOrNull("baseline_value"),
        row.textOrNull("baseline_text"),
        row.realOrNull("current_value"),
        row.textOrNull("current_text"),
        row.realOrNull("change_absolute"),
        row.realOrNull("change_percent"),
        row.textOrNull("message"),
        row.instant("timestamp"),
        row.textOrNull("incident_id"),
        row.textOrNull("incident_state"),
        row.text("request_id"),
        row.textOrNull("requester"),
        row.textOrNull("owner"),
        row.texts("tags"),
        row.wholeOrNull("policy_version"),
        row.jsonOrNull("metadata"));
  }
}
