package io.profilemesh.query.seed;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of the wish to give a dataset its history. */
@Schema(
    name = "SeededHistory",
    description = "How many stored runs the drift service was told to remember.")
public record SeedView(
    @Schema(description = "Dataset id.") String datasetId,
    @Schema(description = "Runs it was told of; those it remembers already change nothing.")
        int runs,
    @Schema(description = "Runs left out, as a person confirmed their faults.") int confirmedFaults,
    @Schema(description = "Runs left out, as they have more than 1,600 columns.") int tooWide) {}
