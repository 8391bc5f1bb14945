package io.profilemesh.sink.rows;

import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.SlicePeriod;
import io.profilemesh.schema.TableProfile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Merges into the row of a run what its events say, and what its profile says. The two own columns
 * apart from each other; of what both know, the events' word counts, because a run has events
 * before it has a profile.
 */
final class RunUpsert {

  private static final Set<String> JSON = Set.of("sampling", "plan");
  private static final List<String> KEY =
      List.of("run_id", "dataset_name", "source", "schema_name", "table_name", "slice");
  private static final List<String> DESCRIPTION =
      List.of("environment", "request_id", "requester", "reason", "trigger", "owner", "tags");
  private static final List<String> DECIDED =
      List.of(
          "event_rank",
          "attempt",
          "last_event_at",
          "last_event_id",
          "error_code",
          "error_message",
          "rows_read",
          "rows_estimated",
          "duration_ms");
  private static final List<String> ANSWERED = List.of("pipeline", "request_datasets", "plan");
  private static final List<String> PROFILED =
      List.of(
          "profile_attempt",
          "profiled_at",
          "profile_ended_at",
          "snapshot",
          "slice_column",
          "slice_start",
          "slice_end",
          "row_count",
          "row_count_quality",
          "column_count",
          "rows_scanned",
          "bytes_scanned",
          "sampling",
          "schema_fingerprint",
          "next_run_expected_at",
          "hash_key_id",
          "profile_parts");

  private static final String FROM_EVENTS =
      insert(
              List.of("requested_at", "started_at"),
              Stream.concat(DECIDED.stream(), ANSWERED.stream()).toList())
          + ANSWERED.stream()
              .map(
                  column ->
                      " " + column + " = COALESCE(r." + column + ", excluded." + column + "),")
              .collect(Collectors.joining())
          + " requested_at = LEAST(r.requested_at, excluded.requested_at),"
          + " started_at = LEAST(r.started_at, excluded.started_at), "
          + Stream.concat(DESCRIPTION.stream(), DECIDED.stream())
              .map(RunUpsert::fromDeciding)
              .collect(Collectors.joining(", "));

  private static final String FROM_PROFILE =
      insert(List.of("requested_at"), PROFILED)
          + " requested_at = LEAST(r.requested_at, excluded.requested_at), "
          + PROFILED.stream()
              .map(column -> column + " = excluded." + column)
              .collect(Collectors.joining(", "));

  private RunUpsert() {}

  static void events(Connection connection, Map<RunKey, RunProgress> runs) throws SQLException {
    Rows.write(
        connection,
        FROM_EVENTS,
        runs.values(),
        (row, run) -> {
          RunEvent event = run.deciding();
          RunEvent answer = run.answer();
          row.run(event.getRunId())
              .text(event.getDatasetId())
              .text(event.getSource())
              .text(event.getSchemaName())
              .text(event.getTableName())
              .text(event.getSliceName())
              .text(event.getEnvironment())
              .text(event.getRequestId())
              .text(event.getRequester())
              .text(event.getReason())
              .word(event.getTrigger())
              .text(event.getOwner())
              .texts(event.getTags())
              .instant(run.requestedAt())
              .instant(run.startedAt())
              .number((Integer) RunProgress.rank(event.getType()))
              .number((Integer) event.getAttempt())
              .instant(event.getOccurredAt())
              .text(event.getEventId())
              .text(event.getCode())
              .text(event.getMessage())
              .number(event.getRowsRead())
              .number(event.getRowsEstimated())
              .number(event.getDurationMs())
              .text(answer == null ? null : answer.getPipeline())
              .number(answer == null ? (Integer) null : answer.getDatasets())
              .json(answer == null ? null : Json.plan(answer.getPlan()));
        });
  }

  static void profiles(Connection connection, Iterable<CompleteProfile> profiles)
      throws SQLException {
    Rows.write(connection, FROM_PROFILE, profiles, RunUpsert::bind);
  }

  private static void bind(Row row, CompleteProfile complete) throws SQLException {
    TableProfile profile = complete.head();
    SlicePeriod slice = profile.getSlice();
    Instant at = profile.getScanStartedAt();
    row.run(profile.getRunId())
        .text(profile.getDatasetId())
        .text(profile.getSource())
        .text(profile.getSchemaName())
        .text(profile.getTableName())
        .text(profile.getSliceName())
        .text(profile.getEnvironment())
        .text(profile.getRequestId())
        .text(profile.getRequester())
        .text(profile.getReason())
        .word(profile.getTrigger())
        .text(profile.getOwner())
        .texts(profile.getTags())
        .instant(at)
        .number((Integer) profile.getAttempt())
        .instant(at)
        .instant(profile.getScanEndedAt())
        .text(profile.getSnapshot())
        .text(slice == null ? null : slice.getColumn())
        .instant(slice == null ? null : slice.getStart())
        .instant(slice == null ? null : slice.getEnd())
        .number((Long) profile.getRowCount())
        .word(profile.getRowCountQuality())
        .number((Integer) complete.columnCount())
        .number((Long) profile.getRowsScanned())
        .number(profile.getBytesScanned())
        .json(Json.sampling(profile.getSampling()))
        .text(profile.getSchemaFingerprint())
        .instant(profile.getNextRunExpectedAt())
        .text(profile.getHashKeyId())
        .number((Integer) profile.getPartCount());
  }

  private static String insert(List<String> times, List<String> rest) {
    List<String> columns = new ArrayList<>(KEY);
    columns.addAll(DESCRIPTION);
    columns.addAll(times);
    columns.addAll(rest);
    String values =
        columns.stream()
            .map(column -> JSON.contains(column) ? "?::jsonb" : "?")
            .collect(Collectors.joining(", ", "(", ")"));
    return "INSERT INTO profilemesh_runs AS r ("
        + String.join(", ", columns)
        + ") VALUES "
        + values
        + " ON CONFLICT (run_id, dataset_name) DO UPDATE SET";
  }

  /** The same order as {@link RunProgress#merge}. */
  private static String fromDeciding(String column) {
    return column
        + " = CASE WHEN (excluded.event_rank, excluded.attempt, excluded.last_event_at,"
        + " excluded.last_event_id) > (r.event_rank, r.attempt, r.last_event_at,"
        + " r.last_event_id) THEN excluded."
        + column
        + " ELSE r."
        + column
        + " END";
  }
}
