package io.profilemesh.sink.rows;

import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.ScheduleCommandKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What people told pipelines; the last word in the log counts, as it does for the profiler. */
public final class ScheduleCommandRows implements RowWriter<ScheduleCommand> {

  private static final String UPSERT =
      """
      INSERT INTO profilemesh_pipelines AS p (name, paused, commanded_by, command_reason,
        commanded_at)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET
        paused = excluded.paused, commanded_by = excluded.commanded_by,
        command_reason = excluded.command_reason, commanded_at = excluded.commanded_at
      """;

  @Override
  public int write(Connection connection, List<RecordRow<ScheduleCommand>> records)
      throws SQLException {
    Map<String, ScheduleCommand> last = new TreeMap<>();
    records.forEach(row -> last.put(row.record().getPipeline(), row.record()));
    Rows.write(
        connection,
        UPSERT,
        last.values(),
        (row, command) ->
            row.text(command.getPipeline())
                .flag(command.getKind() == ScheduleCommandKind.PAUSE)
                .text(command.getActor())
                .text(command.getReason())
                .instant(command.getIssuedAt()));
    return last.size();
  }
}
