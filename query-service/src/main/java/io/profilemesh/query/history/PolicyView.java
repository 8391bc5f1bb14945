package io.profilemesh.query.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A policy as it is written down. */
@Schema(name = "Policy", description = "A policy as it is written down.")
public record PolicyView(
    String policyId,
    @Schema(description = "Order; the lowest that matches decides.") int rank,
    boolean enabled,
    @Schema(description = "Offset of its record; the ETag, too.") long version,
    @Nullable String updatedBy,
    @Nullable Instant updatedAt,
    @Schema(
            implementation = Object.class,
            type = SchemaType.OBJECT,
            nullable = true,
            description = "The whole policy, in the form in which it is written.")
        @Nullable JsonNode policy) {}
