package io.profilemesh.query.compare;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far the numbers of a column are from what they were. */
@Schema(
    name = "DistributionDistance",
    description = "How far the numbers of a column are from those of the other run.")
public record DistributionDistance(
    String column,
    @Schema(description = "Largest difference of the shares below any value, 0 to 1.")
        double kolmogorovSmirnov,
    @Schema(
            description =
                "What that would reach by chance in one of 1,000, sketch errors included.")
        double kolmogorovSmirnovNoise,
    @Schema(description = "How far values would have to move on average, in their unit.")
        double wasserstein,
    @Schema(description = "The same in standard deviations of the other run.")
        @Nullable Double wassersteinOverSpread,
    @Schema(description = "Population stability index over the tenths of the other run.")
        double populationStability) {}
