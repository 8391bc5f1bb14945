package io.profilemesh.profiler.capture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a table since it was last asked for.
 *
 * @param pending changes counted since the last request
 * @param missed why changes may have gone uncounted since the last request, as a sentence; or null
 * @param firstChange first change since the last request, by this service's clock; or null
 * @param lastChange latest change since the last request; or null
 * @param requests requests made so far
 * @param requestId the last request; or null
 * @param requestedAt when it was made; or null
 * @param sweptAt when the last sweep was asked for, or when the wait for the first began
 */
record TableChanges(
    ChangeCounts pending,
    @Nullable String missed,
    @Nullable Instant firstChange,
    @Nullable Instant lastChange,
    long requests,
    @Nullable String requestId,
    @Nullable Instant requestedAt,
    Instant sweptAt) {

  /** A table seen for the first time. */
  static TableChanges since(Instant now) {
    return new TableChanges(ChangeCounts.NONE, null, null, null, 0, null, null, now);
  }

  TableChanges changed(ChangeCounts counts, Instant now) {
    return new TableChanges(
        pending.plus(counts),
        missed,
        firstChange == null ? now : firstChange,
        now,
        requests,
        requestId,
        requestedAt,
        sweptAt);
  }

  /** Keeps the first reason: the later ones follow from it. */
  TableChanges missed(String reason) {
    return new TableChanges(
        pending,
        missed == null ? reason : missed,
        firstChange,
        lastChange,
        requests,
        requestId,
        requestedAt,
        sweptAt);
  }

  /** Asked for: a scan sees whatever happened before, whatever the reason for it. */
  TableChanges requested(String id, Instant now) {
    return new TableChanges(ChangeCounts.NONE, null, null, null, requests + 1, id, now, now);
  }

  boolean isPending() {
    return missed != null || !pending.isNone();
  }
}
