package io.profilemesh.query.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A pipeline, its last run, and the totals of all. */
@Schema(name = "Pipeline", description = "A pipeline, its newest run, and the totals of all.")
public record PipelineView(
    String name,
    String type,
    @Nullable String environment,
    @Nullable String source,
    @Nullable String cron,
    @Nullable String zone,
    @Nullable String missed,
    @Schema(implementation = Object.class, type = SchemaType.OBJECT, nullable = true)
        @Nullable JsonNode configuration,
    @Nullable String owner,
    List<String> tags,
    @Schema(
            description = "removed: the configuration has it no more.",
            enumeration = {"active", "paused", "removed"})
        String status,
    @Nullable String commandedBy,
    @Nullable String commandReason,
    @Nullable Instant commandedAt,
    @Nullable Instant nextAt,
    @Nullable Instant firedFor,
    @Schema(description = "Firings given up because of a downtime or a pause.") long missedCount,
    @Schema(implementation = PipelineRunView.class) @Nullable PipelineRunView lastRun,
    @Schema(description = "Runs of tables, of all firings.") RunCounts totals) {

  public PipelineView {
    tags = List.copyOf(tags);
  }
}
