package io.profilemesh.sink.rows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.schema.Schedule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pipelines as the profiler tells of them; the newest counts. */
public final class ScheduleRows implements RowWriter<Schedule> {

  private static final String UPSERT =
      """
      INSERT INTO profilemesh_pipelines AS p (name, environment, source, cron, zone, missed,
        configuration, owner, tags, configured, fired_for, fired_at, fired_request_id,
        considered_until, missed_count, next_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET
        environment = excluded.environment, source = excluded.source, cron = excluded.cron,
        zone = excluded.zone, missed = excluded.missed, configuration = excluded.configuration,
        owner = excluded.owner, tags = excluded.tags, configured = excluded.configured,
        fired_for = excluded.fired_for, fired_at = excluded.fired_at,
        fired_request_id = excluded.fired_request_id,
        considered_until = excluded.considered_until, missed_count = excluded.missed_count,
        next_at = excluded.next_at, updated_at = excluded.updated_at
      WHERE excluded.updated_at >= p.updated_at
      """;

  @Override
  public int write(Connection connection, List<RecordRow<Schedule>> records) throws SQLException {
    Map<String, Schedule> newest = new TreeMap<>();
    for (RecordRow<Schedule> row : records) {
      newest.merge(
          row.record().getPipeline(),
          row.record(),
          (one, other) -> other.getUpdatedAt().isBefore(one.getUpdatedAt()) ? one : other);
    }
    Rows.write(connection, UPSERT, newest.values(), ScheduleRows::bind);
    return newest.size();
  }

  private static void bind(Row row, Schedule schedule) throws SQLException {
    row.text(schedule.getPipeline())
        .text(schedule.getEnvironment())
        .text(schedule.getSource())
        .text(schedule.getCron())
        .text(schedule.getZone())
        .word(schedule.getMissed())
        .json(configuration(schedule))
        .text(schedule.getOwner())
        .texts(schedule.getTags())
        .flag(schedule.getConfigured())
        .instant(schedule.getFiredFor())
        .instant(schedule.getFiredAt())
        .text(schedule.getFiredRequestId())
        .instant(schedule.getConsideredUntil())
        .number((Long) schedule.getMissedCount())
        .instant(schedule.getNextAt())
        .instant(schedule.getUpdatedAt());
  }

  private static String configuration(Schedule schedule) {
    ObjectNode node = Json.object();
    node.set("include", Json.texts(schedule.getInclude()));
    node.set("exclude", Json.texts(schedule.getExclude()));
    Json.put(node, "slice", schedule.getSlice());
    return Json.text(node);
  }
}
