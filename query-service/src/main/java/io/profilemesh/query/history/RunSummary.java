package io.profilemesh.query.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One run of one dataset. */
@Schema(description = "One run of one dataset.")
public record RunSummary(
    UUID runId,
    String datasetId,
    String source,
    String schema,
    String table,
    @Nullable String slice,
    String environment,
    String status,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Instant profiledAt,
    @Nullable Long durationMs,
    @Nullable Long rowCount,
    @Nullable String rowCountQuality,
    @Nullable Integer columnCount,
    @Nullable Long rowsScanned,
    @Nullable Long bytesScanned,
    @Schema(implementation = Object.class, type = SchemaType.OBJECT, nullable = true)
        @Nullable JsonNode sampling,
    int attempt,
    String trigger,
    String requestId,
    @Nullable String requester,
    @Nullable String reason,
    @Nullable String owner,
    List<String> tags,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    @Nullable String pipeline,
    @Schema(description = "Runs that the request led to, this one included; null: not known.")
        @Nullable Integer requestDatasets,
    @Schema(implementation = PlanView.class) @Nullable JsonNode plan,
    @Nullable Long rowsRead,
    @Nullable Long rowsEstimated,
    @Nullable ScanProgress progress) {

  public RunSummary {
    tags = List.copyOf(tags);
  }
}
