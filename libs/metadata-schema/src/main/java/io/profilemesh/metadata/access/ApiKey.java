package io.profilemesh.metadata.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as the tables have it.
 *
 * @param prefix the part that is no secret
 * @param name what it is for
 * @param userId whose it is, or null for a program's
 * @param grants what it may, in no order
 * @param expiresAt when it ends, or null for never
 * @param revokedAt when it was revoked, or null
 * @param lastUsedAt when it was used last, to the minute, or null for never
 */
public record ApiKey(
    UUID id,
    String prefix,
    String name,
    @Nullable UUID userId,
    List<Grant> grants,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable String revokedBy,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedAddress) {

  public ApiKey {
    grants = List.copyOf(grants);
  }

  /** Whether it is accepted at a time. */
  public boolean isValid(Instant at) {
    return revokedAt == null && (expiresAt == null || at.isBefore(expiresAt));
  }

  /** Whether it is accepted at a time, in a word: active, expired or revoked. */
  public String state(Instant at) {
    if (revokedAt != null) {
      return "revoked";
    }
    return isValid(at) ? "active" : "expired";
  }
}
