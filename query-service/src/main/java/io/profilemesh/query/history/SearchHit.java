package io.profilemesh.query.history;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something that a search found. */
@Schema(name = "SearchHit", description = "Something that a search found.")
public record SearchHit(
    @Schema(enumeration = {"table", "column", "incident"}) String kind,
    @Schema(description = "Dataset id of the table.") String datasetId,
    @Nullable String column,
    @Nullable String incidentId,
    @Schema(description = "Description of a table or column, message of an incident.")
        @Nullable String text,
    @Schema(description = "When it was seen last, or changed last.") Instant at) {}
