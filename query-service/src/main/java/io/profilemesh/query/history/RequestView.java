package io.profilemesh.query.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A request that was answered, or a statement that was run on a source. */
@Schema(
    name = "AnsweredRequest",
    description = "A request that was answered, or a statement that was run on a source.")
public record RequestView(
    UUID queryId,
    Instant startedAt,
    Instant completedAt,
    String actor,
    @Schema(enumeration = {"key", "user", "token", "anyone", "unknown", "profiler"})
        String actorKind,
    @Schema(enumeration = {"rest", "statement"}) String kind,
    @Schema(
            description =
                "Method and path as the API has it; of a statement scan, compute or count.")
        String route,
    @Schema(
            description =
                "Path and parameters as they came; of a statement the SQL without its literals.")
        @Nullable String text,
    @Schema(description = "HTTP status; null: a statement.") @Nullable Integer status,
    @Schema(description = "Metadata tables and views, or tables of a source, that were read.")
        List<String> tables,
    @Schema(description = "Items of the answer, or rows read; null: it is no list.")
        @Nullable Long rows,
    @Schema(description = "Rows written to metadata tables; null: none.")
        @Nullable Long rowsWritten,
    @Schema(description = "Bytes of the answer; null: not counted.") @Nullable Long bytes,
    double durationMs,
    @Nullable String errorType,
    @Nullable String errorText,
    @Schema(description = "Run that a statement belongs to.") @Nullable UUID runId,
    @Nullable String datasetId,
    @Schema(description = "How often a statement was run with other literals.")
        @Nullable Integer executions) {

  public RequestView {
    tables = List.copyOf(tables);
  }
}
