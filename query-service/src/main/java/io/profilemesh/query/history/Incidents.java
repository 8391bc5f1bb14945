package io.profilemesh.query.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Questions about incidents and about what people told the drift service. */
public final class Incidents {

  private static final int MOST = 500;

  private static final Listing<IncidentView> NEWEST =
      new Listing<>(
          "i.*",
          "profilemesh_incidents i",
          Belonging.toTables("i"),
          List.of("i.opened_at", "i.incident_id"),
          List.of("timestamptz", "text"),
          true,
          Incidents::incident,
          incident -> List.of(incident.openedAt().toString(), incident.incidentId()));

  private static final String COMMANDS =
      "SELECT * FROM profilemesh_drift_commands c WHERE c.incident_id = ?"
          + " ORDER BY c.issued_at DESC, c.command_id LIMIT "
          + MOST;

  private Incidents() {}

  /** Incidents, the last opened first; conditions speak of {@code i}. */
  public static Question<Page<IncidentView>> newest(Where where, PageRequest request) {
    return sight -> Pages.read(sight, NEWEST, where, request);
  }

  /** An incident; empty when it is unknown or forgotten. */
  public static Question<Optional<IncidentView>> of(String id) {
    Where where = new Where().equal("i.incident_id", id);
    return sight ->
        Pages.read(sight, NEWEST, where, new PageRequest(1, 0, null, false)).items().stream()
            .findFirst();
  }

  /** An incident with what was told of it and what people did; empty when it is unknown. */
  public static Question<Optional<IncidentView.Details>> details(String id) {
    return sight -> {
      Optional<IncidentView> incident = of(id).ask(sight);
      if (incident.isEmpty()) {
        return Optional.empty();
      }
      Where ofIncident = new Where().equal("e.incident_id", id);
      return Optional.of(
          new IncidentView.Details(
              incident.get(),
              DriftEvents.newest(ofIncident, new PageRequest(MOST, 0, null, false))
                  .ask(sight)
                  .items(),
              commands(sight.connection(), id)));
    };
  }

  private static List<IncidentView.Command> commands(Connection connection, String id)
      throws SQLException {
    List<IncidentView.Command> commands = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COMMANDS)) {
      statement.setString(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        Fields row = new Fields(rows);
        while (row.next()) {
          commands.add(command(row));
        }
      }
    }
    return commands;
  }

  private static IncidentView.Command command(Fields row) throws SQLException {
    return new IncidentView.Command(
        UUID.fromString(row.text("command_id")),
        row.text("kind"),
        row.textOrNull("run_id"),
        row.textOrNull("column_name"),
        row.textOrNull("metric_name"),
        row.textOrNull("feedback"),
        row.textOrNull("assignee"),
        row.instantOrNull("muted_until"),
        row.text("actor"),
        row.textOrNull("reason"),
        row.instant("issued_at"));
  }

  private static IncidentView incident(Fields row) throws SQLException {
    return new IncidentView(
        row.text("incident_id"),
        row.text("environment"),
        row.text("dataset_name"),
        row.text("source"),
        row.text("schema_name"),
        row.text("table_name"),
        row.textOrNull("slice"),
        row.textOrNull("column_name"),
        row.text("metric_group"),
        row.text("state"),
        row.text("severity"),
        row.text("highest_severity"),
        row.instant("opened_at"),
        row.instant("updated_at"),
        row.instantOrNull("resolved_at"),
        row.text("first_event_id"),
        row.text("last_event_id"),
        row.textOrNull("first_run_id"),
        row.textOrNull("last_run_id"),
        row.number("runs"),
        row.text("message"),
        row.textOrNull("owner"),
        row.texts("tags"),
        row.textOrNull("acknowledged_by"),
        row.textOrNull("assignee"),
        row.instantOrNull("muted_until"),
        row.textOrNull("feedback"),
        row.whole("revision"));
  }
}
