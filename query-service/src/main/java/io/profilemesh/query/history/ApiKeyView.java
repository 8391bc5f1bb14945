package io.profilemesh.query.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A key without its secret. */
@Schema(name = "ApiKey", description = "A key. Its secret is known to its holder only.")
public record ApiKeyView(
    UUID keyId,
    @Schema(description = "How the key begins: the part that is no secret.") String prefix,
    @Schema(description = "What it is for.") String name,
    @Schema(enumeration = {"active", "expired", "revoked"}) String state,
    @Schema(description = "What it may: ROLE, ROLE:SOURCE or ROLE:SOURCE/SCHEMA.")
        List<String> grants,
    @Schema(description = "Whose it is: refused while they are not active; null: a program's.")
        @Nullable UUID userId,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable String revokedBy,
    @Schema(description = "To the minute.") @Nullable Instant lastUsedAt,
    @Nullable String lastUsedAddress) {

  public ApiKeyView {
    grants = List.copyOf(grants);
  }
}
