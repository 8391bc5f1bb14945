package io.profilemesh.query.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An incident as it stands. */
@Schema(name = "Incident", description = "An incident as it stands.")
public record IncidentView(
    String incidentId,
    String environment,
    String datasetId,
    String source,
    String schema,
    String table,
    @Nullable String slice,
    @Nullable String column,
    @Schema(description = "Group of metrics that are one fact, such as completeness.") String group,
    @Schema(enumeration = {"opened", "updated", "resolved"}) String state,
    @Schema(enumeration = {"low", "medium", "high"}) String severity,
    @Schema(enumeration = {"low", "medium", "high"}) String highestSeverity,
    Instant openedAt,
    Instant updatedAt,
    @Nullable Instant resolvedAt,
    String firstEventId,
    String lastEventId,
    @Nullable String firstRunId,
    @Nullable String lastRunId,
    @Schema(description = "Runs that had a finding of it.") int runs,
    String message,
    @Nullable String owner,
    List<String> tags,
    @Nullable String acknowledgedBy,
    @Nullable String assignee,
    @Nullable Instant mutedUntil,
    @Schema(
            enumeration = {"expected", "false_positive", "confirmed"},
            nullable = true)
        @Nullable String feedback,
    @Schema(description = "Grows by one with each change.") long revision) {

  public IncidentView {
    tags = List.copyOf(tags);
  }

  /** What people did, in the order of time. */
  @Schema(name = "DriftCommand", description = "What somebody told the drift service.")
  public record Command(
      UUID commandId,
      String kind,
      @Nullable String runId,
      @Nullable String column,
      @Nullable String metric,
      @Nullable String feedback,
      @Nullable String assignee,
      @Nullable Instant until,
      String actor,
      @Nullable String reason,
      Instant issuedAt) {}

  /** An incident with its history. */
  @Schema(name = "IncidentDetails", description = "An incident, what was told of it, and by whom.")
  public record Details(
      IncidentView incident,
      @Schema(description = "At most 500, the newest first.") List<DriftEventView> events,
      @Schema(description = "At most 500, the newest first.") List<Command> commands) {

    public Details {
      events = List.copyOf(events);
      commands = List.copyOf(commands);
    }
  }
}
