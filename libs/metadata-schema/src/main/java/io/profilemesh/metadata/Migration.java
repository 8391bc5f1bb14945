package io.profilemesh.metadata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One migration as this program and the database know it.
 *
 * @param version version, from 1
 * @param description what it does
 * @param script file it comes from
 * @param state how the two views agree
 * @param appliedAt when it was applied; null while it is not
 * @param checksum checksum the database remembers; null while it is not applied
 */
public record Migration(
    int version,
    String description,
    String script,
    State state,
    @Nullable Instant appliedAt,
    @Nullable Integer checksum) {

  /** The same, taken for applied if it is not and a baseline speaks for it. */
  Migration coveredBy(int baseline) {
    return state == State.PENDING && version <= baseline
        ? new Migration(version, description, script, State.BASELINED, null, null)
        : this;
  }

  /** How program and database agree on a migration. */
  public enum State {
    /** Applied as this program knows it. */
    APPLIED,
    /** Taken for applied when the tables were given a history. */
    BASELINED,
    /** Known to this program, not applied yet. */
    PENDING,
    /** Applied with other content than this program's. */
    CHANGED,
    /** Began and did not end. */
    FAILED,
    /** Applied by a newer program; this one does not know it. */
    UNKNOWN
  }
}
