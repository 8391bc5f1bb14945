package io.profilemesh.sink.rebuild;

/**
 * How to rebuild.
 *
 * @param partial whether to go on when a log no longer has what the tables remember
 * @param restart whether to begin anew instead of going on with a rebuild that was broken off
 * @param compareOnly whether to compare and leave everything as it is
 */
public record RebuildOptions(boolean partial, boolean restart, boolean compareOnly) {

  /** Rebuild all of it, or refuse. */
  public static RebuildOptions standard() {
    return new RebuildOptions(false, false, false);
  }
}
