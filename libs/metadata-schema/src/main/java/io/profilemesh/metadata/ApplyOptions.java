package io.profilemesh.metadata;

import org.jspecify.annotations.Nullable;

/**
 * How to apply migrations.
 *
 * @param target newest version to apply; null: all
 * @param dryRun whether to show what would happen and leave no trace
 */
public record ApplyOptions(@Nullable Integer target, boolean dryRun) {

  public ApplyOptions {
    if (target != null && target < 1) {
      throw new IllegalArgumentException("versions begin at 1");
    }
  }

  /** Every pending migration, for real. */
  public static ApplyOptions all() {
    return new ApplyOptions(null, false);
  }

  /** Every pending migration, to look at. */
  public static ApplyOptions rehearsal() {
    return new ApplyOptions(null, true);
  }

  /** Up to a version, for real. */
  public static ApplyOptions upTo(int target) {
    return new ApplyOptions(target, false);
  }
}
