package io.profilemesh.profiler.capture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a source has been read, and what was made in it for that.
 *
 * @param activatedAt since when its changes have been followed; part of the ids of its requests
 * @param mode of the configuration, as text
 * @param slot replication slot made in the source; or null
 * @param publication publication made in the source; or null
 * @param position null where it is not known any more
 */
record SourceProgress(
    Instant activatedAt,
    String mode,
    @Nullable String slot,
    @Nullable String publication,
    @Nullable LogPosition position) {

  SourceProgress at(@Nullable LogPosition reached) {
    return new SourceProgress(activatedAt, mode, slot, publication, reached);
  }

  SourceProgress with(@Nullable String ownSlot, @Nullable String ownPublication) {
    return new SourceProgress(activatedAt, mode, ownSlot, ownPublication, position);
  }
}
