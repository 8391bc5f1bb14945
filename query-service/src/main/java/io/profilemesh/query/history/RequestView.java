package io.profilemesh.query.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A request that was answered. */
@Schema(name = "AnsweredRequest", description = "A request that was answered.")
public record RequestView(
    UUID queryId,
    Instant startedAt,
    Instant completedAt,
    String actor,
    @Schema(enumeration = {"key", "user", "token", "anyone", "unknown"}) String actorKind,
    String kind,
    @Schema(description = "Method and path as the API has it.") String route,
    @Schema(description = "Path and parameters as they came.") @Nullable String text,
    int status,
    @Schema(description = "Metadata tables and views that were read.") List<String> tables,
    @Schema(description = "Items of the answer; null where it is no list.") @Nullable Long rows,
    @Schema(description = "Rows written to metadata tables; null: none.")
        @Nullable Long rowsWritten,
    long bytes,
    double durationMs,
    @Nullable String errorType,
    @Nullable String errorText) {

  public RequestView {
    tables = List.copyOf(tables);
  }
}
