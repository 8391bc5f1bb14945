package io.profilemesh.metadata.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did, or was refused.
 *
 * @param actor name of who it was
 * @param actorKind how they proved it
 * @param actorId id of their key or of themselves, or null
 * @param action what was to be done
 * @param resourceType kind of the thing
 * @param resourceId its id, or null
 * @param resourceName its name for people, or null
 * @param error code of the problem, or null
 * @param address where it came from, or null
 * @param userAgent program it came from, or null
 * @param before the thing before as JSON without secrets, or null
 * @param after the thing after, or the order, as JSON without secrets, or null
 */
public record AuditEntry(
    Instant occurredAt,
    String actor,
    String actorKind,
    @Nullable String actorId,
    String action,
    String resourceType,
    @Nullable String resourceId,
    @Nullable String resourceName,
    Outcome outcome,
    @Nullable String error,
    @Nullable String address,
    @Nullable String userAgent,
    @Nullable String before,
    @Nullable String after) {

  /** How it ended. */
  public enum Outcome {
    DONE,
    REFUSED,
    FAILED
  }
}
