package io.profilemesh.profiler.capture;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.profiler.work.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Tells whether the last request of a table has come to its end.
 *
 * @param hasEnded whether a run has ended, in any way
 * @param hasFailed whether a run has ended and failed
 * @param isDeclined whether a request was answered without a run
 * @param isRefused whether it was because it could not be met
 * @param longest time after which a request that came to no end is given up
 */
record RequestsUnderWay(
    Predicate<RunKey> hasEnded,
    Predicate<RunKey> hasFailed,
    Predicate<String> isDeclined,
    Predicate<String> isRefused,
    Duration longest) {

  boolean isUnderWay(DatasetId dataset, TableChanges changes, Instant now) {
    String request = changes.requestId();
    Instant asked = changes.requestedAt();
    return request != null
        && asked != null
        && now.isBefore(asked.plus(longest))
        && !isDeclined.test(request)
        && !hasEnded.test(new RunKey(CaptureRecords.run(request), dataset));
  }

  /** Whether the table's last request could not be met, or its run failed. */
  boolean cameToNothing(DatasetId dataset, TableChanges changes) {
    String request = changes.requestId();
    return request != null
        && (isRefused.test(request)
            || hasFailed.test(new RunKey(CaptureRecords.run(request), dataset)));
  }
}
