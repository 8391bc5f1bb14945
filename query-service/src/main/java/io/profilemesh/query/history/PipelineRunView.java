package io.profilemesh.query.history;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A request with several runs, or of a pipeline, and how its runs stand. */
@Schema(
    name = "PipelineRun",
    description =
        "A request that led to several runs, or was made by a pipeline. Its members are the runs of"
            + " its requestId.")
public record PipelineRunView(
    String requestId,
    @Nullable String pipeline,
    String environment,
    String source,
    String trigger,
    @Nullable String requester,
    @Nullable String reason,
    boolean dryRun,
    @Schema(enumeration = {"running", "failed", "cancelled", "completed", "skipped"}) String status,
    Instant requestedAt,
    @Schema(description = "When the last run ended; null while one has not.")
        @Nullable Instant endedAt,
    int datasets,
    RunCounts runs,
    @Nullable Long rowsScanned,
    @Nullable Long bytesScanned) {}
