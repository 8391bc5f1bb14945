package io.profilemesh.sink.rows;

import io.profilemesh.schema.PlanDecision;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TableProfile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last known state of tables. Decisions, profiles and verdicts own columns apart from
 * each other; of each the newest counts, by its instant and then its run, whatever came first.
 */
final class TableStates {

  private static final List<String> KEY =
      List.of("dataset_name", "source", "schema_name", "table_name", "slice", "environment");

  private static final String DECISION =
      upsert(
          "decided_at", "decided_run_id", List.of("decision", "decision_reason", "change_token"));
  private static final String PROFILE =
      upsert(
          "last_profiled_at",
          "last_run_id",
          List.of(
              "snapshot_id",
              "row_count",
              "column_count",
              "bytes",
              "staleness_ms",
              "schema_fingerprint",
              "owner",
              "tags",
              "next_run_expected_at"));
  private static final String VERDICT =
      upsert(
          "verdict_profiled_at",
          "verdict_run_id",
          List.of("outcome", "low_findings", "medium_findings", "high_findings", "open_incidents"));

  private TableStates() {}

  static RunEvent newerDecision(RunEvent one, RunEvent other) {
    return newer(
        one,
        other,
        Comparator.comparing(RunEvent::getOccurredAt).thenComparing(RunEvent::getRunId));
  }

  static CompleteProfile newerProfile(CompleteProfile one, CompleteProfile other) {
    return newer(
        one,
        other,
        Comparator.<CompleteProfile, java.time.Instant>comparing(
                profile -> profile.head().getScanStartedAt())
            .thenComparing(profile -> profile.head().getRunId()));
  }

  static RunVerdict newerVerdict(RunVerdict one, RunVerdict other) {
    return newer(
        one,
        other,
        Comparator.comparing(RunVerdict::getProfiledAt).thenComparing(RunVerdict::getRunId));
  }

  static void decisions(Connection connection, Iterable<RunEvent> events) throws SQLException {
    Rows.write(
        connection,
        DECISION,
        events,
        (row, event) -> {
          PlanDecision plan = event.getPlan();
          row.text(event.getDatasetId())
              .text(event.getSource())
              .text(event.getSchemaName())
              .text(event.getTableName())
              .text(event.getSliceName())
              .text(event.getEnvironment())
              .instant(event.getOccurredAt())
              .run(event.getRunId())
              .text(plan == null ? null : plan.getDecision())
              .text(plan == null ? null : plan.getReason())
              .text(plan == null ? null : plan.getChangeToken());
        });
  }

  static void profiles(Connection connection, Iterable<CompleteProfile> profiles)
      throws SQLException {
    Rows.write(connection, PROFILE, profiles, TableStates::bind);
  }

  static void verdicts(Connection connection, Iterable<RunVerdict> verdicts) throws SQLException {
    Rows.write(
        connection,
        VERDICT,
        verdicts,
        (row, verdict) ->
            row.text(verdict.getDatasetId())
                .text(verdict.getSource())
                .text(verdict.getSchemaName())
                .text(verdict.getTableName())
                .text(verdict.getSliceName())
                .text(verdict.getEnvironment())
                .instant(verdict.getProfiledAt())
                .run(verdict.getRunId())
                .word(verdict.getOutcome())
                .number((Integer) verdict.getLowFindings())
                .number((Integer) verdict.getMediumFindings())
                .number((Integer) verdict.getHighFindings())
                .number((Integer) verdict.getOpenIncidents()));
  }

  private static void bind(Row row, CompleteProfile complete) throws SQLException {
    TableProfile profile = complete.head();
    row.text(profile.getDatasetId())
        .text(profile.getSource())
        .text(profile.getSchemaName())
        .text(profile.getTableName())
        .text(profile.getSliceName())
        .text(profile.getEnvironment())
        .instant(profile.getScanStartedAt())
        .run(profile.getRunId())
        .text(profile.getSnapshot())
        .number((Long) profile.getRowCount())
        .number((Integer) complete.columnCount())
        .number(whole(complete.tableMetric("bytes")))
        .number(whole(complete.tableMetric("data_age")))
        .text(profile.getSchemaFingerprint())
        .text(profile.getOwner())
        .texts(profile.getTags())
        .instant(profile.getNextRunExpectedAt());
  }

  private static <T> T newer(T one, T other, Comparator<T> order) {
    return order.compare(other, one) > 0 ? other : one;
  }

  private static @Nullable Long whole(@Nullable Double number) {
    return number == null ? null : (Long) Math.round(number);
  }

  private static String upsert(String instant, String run, List<String> values) {
    List<String> group = Stream.concat(Stream.of(instant, run), values.stream()).toList();
    List<String> columns = Stream.concat(KEY.stream(), group.stream()).toList();
    return "INSERT INTO profilemesh_table_state AS t ("
        + String.join(", ", columns)
        + ") VALUES "
        + Rows.parameters(columns.size())
        + " ON CONFLICT (dataset_name) DO UPDATE SET "
        + group.stream()
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "))
        + " WHERE t.%1$s IS NULL OR (excluded.%1$s, excluded.%2$s) > (t.%1$s, t.%2$s)"
            .formatted(instant, run);
  }
}
