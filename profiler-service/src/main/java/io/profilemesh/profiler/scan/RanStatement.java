package io.profilemesh.profiler.scan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A statement that has just ended at a source.
 *
 * @param sql the statement, literals and all: not to be published
 * @param duration from its beginning until its answer was read
 * @param rows rows of the table that it answered, or null where it answers none
 * @param bytes bytes that it answered, or null where they are not counted
 * @param completed whether it came to its end
 */
public record RanStatement(
    Kind kind,
    String sql,
    Duration duration,
    @Nullable Long rows,
    @Nullable Long bytes,
    boolean completed) {

  /** What a statement is for. */
  public enum Kind {
    /** Reads rows. */
    SCAN,
    /** Lets the source compute metrics. */
    COMPUTE,
    /** Lets the source count distinct values. */
    COUNT
  }
}
