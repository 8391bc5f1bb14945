package io.profilemesh.query.history;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the planner last knew and decided about a dataset. */
@Schema(description = "What was last known of a dataset, and what the planner decided about it.")
public record TableState(
    String datasetId,
    String source,
    String schema,
    String table,
    @Nullable String slice,
    String environment,
    @Nullable UUID lastRunId,
    @Nullable Instant lastProfiledAt,
    @Nullable String snapshotId,
    @Nullable String changeToken,
    @Nullable String decision,
    @Nullable String decisionReason,
    @Nullable Instant decidedAt,
    @Nullable Instant nextRunExpectedAt,
    @Nullable Long stalenessMs,
    @Nullable Long rowCount,
    @Nullable Long bytes,
    @Nullable String schemaFingerprint) {}
