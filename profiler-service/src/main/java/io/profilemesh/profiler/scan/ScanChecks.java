package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.SampleScope;
import io.profilemesh.schema.ReasonCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is the same for scans of every engine: what is refused, how long, which part was read. */
final class ScanChecks {

  private ScanChecks() {}

  /**
   * What can be told without the source.
   *
   * @param hasBlocks whether the engine can sample blocks of this table
   */
  static Optional<ScanResult> refuse(
      ScanRequest request, ScanCancellation cancellation, Clock clock, boolean hasBlocks) {
    if (cancellation.isCancelled()) {
      return cancellation.reason().map(ScanResult.Cancelled::new);
    }
    if (isLate(request, clock)) {
      return Optional.of(new ScanResult.Cancelled(ReasonCode.DEADLINE_EXPIRED));
    }
    ScanSlice slice = request.slice();
    if (slice != null) {
      ColumnType type = request.table().column(slice.column()).orElseThrow().definition().type();
      if (!type.isTemporal() || type == ColumnType.TIME) {
        return Optional.of(
            new ScanResult.Failed(
                ReasonCode.INVALID_OPTION,
                "A slice needs a date or timestamp column, which its column is not."));
      }
    }
    if (request.sampling().method() == ScanSampling.Method.BLOCK && !hasBlocks) {
      return Optional.of(
          new ScanResult.Failed(
              ReasonCode.UNSUPPORTED_OPTION,
              "This table has no blocks that its engine could sample: sample rows instead."));
    }
    return Optional.empty();
  }

  /** Whether the deadline has passed. */
  static boolean isLate(ScanRequest request, Clock clock) {
    Instant deadline = request.deadline();
    return deadline != null && !clock.instant().isBefore(deadline);
  }

  /** Longest time of one statement, its deadline looked at; zero: no limit. */
  static Duration statementTimeout(ScanRequest request, Clock clock) {
    Duration limit = request.statementTimeout();
    Instant deadline = request.deadline();
    if (deadline == null) {
      return limit;
    }
    Duration left = Duration.between(clock.instant(), deadline);
    Duration bounded = left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    return limit.isZero() || bounded.compareTo(limit) < 0 ? bounded : limit;
  }

  /**
   * Which part of the table the rows are.
   *
   * @param rowsPerBlock average rows of a storage block, at least 1
   */
  static SampleScope scope(ScanSampling sampling, double rowsPerBlock, long rows) {
    return switch (sampling.method()) {
      case NONE -> SampleScope.ALL_ROWS;
      case BERNOULLI -> SampleScope.rows(sampling.fraction());
      case BLOCK -> SampleScope.blocks(sampling.fraction(), rowsPerBlock);
      case LIMIT -> {
        Long limit = sampling.rowLimit();
        // Fewer rows than the limit: that was the whole table.
        yield limit != null && rows < limit ? SampleScope.ALL_ROWS : SampleScope.FIRST_ROWS;
      }
    };
  }

  /** The table is not where it was a moment ago. */
  static ScanResult.Failed vanished(ScanRequest request) {
    return new ScanResult.Failed(
        ReasonCode.TABLE_VANISHED,
        "The table "
            + request.table().table().displayName()
            + ", or a column of it, is gone or was changed since it was looked up.");
  }
}
