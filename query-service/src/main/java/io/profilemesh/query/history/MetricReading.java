package io.profilemesh.query.history;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One metric of a profile. */
@Schema(description = "One metric; docs/metrics.md lists the names with their units.")
public record MetricReading(
    String metric,
    @Nullable Double value,
    @Nullable String text,
    String quality,
    @Nullable Double lower,
    @Nullable Double upper) {}
