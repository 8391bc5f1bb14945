package io.profilemesh.query.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Somebody who signs in. */
@Schema(name = "User", description = "Somebody who signs in.")
public record UserView(
    UUID userId,
    String name,
    @Nullable String displayName,
    @Nullable String email,
    boolean active,
    @Schema(description = "What they may: ROLE, ROLE:SOURCE or ROLE:SOURCE/SCHEMA.")
        List<String> grants,
    @Schema(description = "No sign-in before this time, because of wrong passwords.")
        @Nullable Instant lockedUntil,
    @Nullable Instant lastSignInAt,
    Instant createdAt,
    String createdBy,
    Instant updatedAt) {

  public UserView {
    grants = List.copyOf(grants);
  }
}
