package io.profilemesh.query.history;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the planner decided; for the description only, the tables keep it as JSON. */
@Schema(
    name = "Plan",
    description = "What the planner decided, and what it costs; estimates, null where not known.")
public record PlanView(
    @Schema(enumeration = {"full", "slice", "sample", "skip"}) String decision,
    @Nullable String reason,
    @Nullable String changeToken,
    @Nullable Long rows,
    @Nullable Long bytes,
    @Nullable Double seconds,
    @Schema(description = "Rows that reading the whole table would read.") @Nullable Long fullRows,
    @Nullable Long fullBytes,
    @Nullable Double fullSeconds) {}
