package io.profilemesh.configuration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of a table is read, and when not at all.
 *
 * @param skipUnchanged whether scheduled runs leave tables alone that have not changed
 * @param rescanAfter age of a profile at which a scheduled run reads even what has not changed, or
 *     null for never
 * @param maxRows larger tables are sampled down to about so many rows, or null for no limit
 * @param maxBytes the same, of bytes at the source
 */
public record PlanConfig(
    boolean skipUnchanged,
    @Nullable Duration rescanAfter,
    @Nullable Long maxRows,
    @Nullable Long maxBytes) {

  /** Skips what has not changed, reads whole tables. */
  public static final PlanConfig DEFAULTS = new PlanConfig(true, null, null, null);

  public PlanConfig {
    if ((maxRows != null && maxRows < 1) || (maxBytes != null && maxBytes < 1)) {
      throw new IllegalArgumentException("a limit is at least 1");
    }
  }
}
