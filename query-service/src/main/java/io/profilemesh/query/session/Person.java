package io.profilemesh.query.session;

import io.profilemesh.metadata.access.Grant;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs in.
 *
 * @param name name to sign in with, in lower case
 * @param passwordHash hash of the password, or null for no sign-in by password
 * @param failedSignIns wrong passwords since the last right one
 * @param lockedUntil no sign-in before this time, or null
 */
record Person(
    UUID id,
    String name,
    @Nullable String passwordHash,
    boolean active,
    int failedSignIns,
    @Nullable Instant lockedUntil,
    List<Grant> grants) {

  Person {
    grants = List.copyOf(grants);
  }

  /** Whether they have to wait because of wrong passwords. */
  boolean isLocked(Instant now) {
    return lockedUntil != null && now.isBefore(lockedUntil);
  }
}
