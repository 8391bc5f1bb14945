package io.profilemesh.metadata.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key to be made.
 *
 * @param name what it is for, one line of 1 to 200 characters
 * @param grants what it may, at least one
 * @param userId whose it is, or null for a program's
 * @param createdBy who makes it
 * @param createdAt when
 * @param expiresAt when it ends, after its making; null: never
 */
public record NewApiKey(
    String name,
    List<Grant> grants,
    @Nullable UUID userId,
    String createdBy,
    Instant createdAt,
    @Nullable Instant expiresAt) {

  private static final int LONGEST_NAME = 200;
  private static final int MOST_GRANTS = 100;

  /** A key of a program. */
  public NewApiKey(
      String name,
      List<Grant> grants,
      String createdBy,
      Instant createdAt,
      @Nullable Instant expiresAt) {
    this(name, grants, null, createdBy, createdAt, expiresAt);
  }

  public NewApiKey {
    grants = List.copyOf(grants);
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the name of a key is one line of 1 to 200 characters");
    }
    if (grants.isEmpty() || grants.size() > MOST_GRANTS) {
      throw new IllegalArgumentException("a key has 1 to 100 grants");
    }
    if (expiresAt != null && !expiresAt.isAfter(createdAt)) {
      throw new IllegalArgumentException("a key must end after it begins");
    }
  }
}
