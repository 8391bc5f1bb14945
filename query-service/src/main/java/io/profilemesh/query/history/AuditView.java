package io.profilemesh.query.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A change, or a refused attempt. */
@Schema(name = "AuditEntry", description = "A change, or a refused attempt.")
public record AuditView(
    UUID auditId,
    Instant occurredAt,
    String actor,
    @Schema(enumeration = {"key", "user", "token", "cli", "anyone", "unknown"}) String actorKind,
    @Nullable String actorId,
    String action,
    String resourceType,
    @Nullable String resourceId,
    @Nullable String resourceName,
    @Schema(enumeration = {"done", "refused", "failed"}) String outcome,
    @Nullable String error,
    @Nullable String address,
    @Nullable String userAgent,
    @Schema(implementation = Object.class, type = SchemaType.OBJECT, nullable = true)
        @Nullable JsonNode before,
    @Schema(implementation = Object.class, type = SchemaType.OBJECT, nullable = true)
        @Nullable JsonNode after) {}
