package io.profilemesh.sink.rows;

import io.profilemesh.schema.DriftCommand;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What people told the drift service; a repeated command is one. */
public final class DriftCommandRows implements RowWriter<DriftCommand> {

  private static final String INSERT =
      """
      INSERT INTO profilemesh_drift_commands (command_id, kind, dataset_name, run_id, incident_id,
        column_name, metric_name, feedback, assignee, muted_until, actor, reason, issued_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (command_id) DO NOTHING
      """;

  @Override
  public int write(Connection connection, List<RecordRow<DriftCommand>> records)
      throws SQLException {
    Rows.write(
        connection,
        INSERT,
        records.stream().map(RecordRow::record).toList(),
        (row, command) ->
            row.run(command.getCommandId())
                .word(command.getKind())
                .text(command.getDatasetId())
                .run(command.getRunId())
                .text(command.getIncidentId())
                .text(command.getColumn())
                .text(command.getMetric())
                .word(command.getFeedback())
                .text(command.getAssignee())
                .instant(command.getUntil())
                .text(command.getActor())
                .text(command.getReason())
                .instant(command.getIssuedAt()));
    return records.size();
  }
}
