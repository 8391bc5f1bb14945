package io.profilemesh.query.history;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The value of a metric in one run, or over the runs of a period. */
@Schema(name = "SeriesPoint", description = "A metric in one run, or over the runs of a period.")
public record SeriesPoint(
    @Schema(description = "The instant of the profile, or the start of the period (UTC).")
        Instant at,
    double min,
    double avg,
    double max,
    @Schema(description = "Value of the newest run.") double last,
    @Schema(description = "Runs with a value.") long runs,
    @Schema(description = "The newest run.") @Nullable UUID lastRunId) {}
