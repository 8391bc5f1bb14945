package io.profilemesh.query.history;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far the scan of a running run was when it last said so. */
@Schema(description = "How far a running run was when it last said so; absent before that.")
public record ScanProgress(
    long rowsRead,
    @Schema(description = "Rows the source expects; absent where it cannot say.")
        @Nullable Long rowsEstimated,
    @Schema(description = "Share of the rows expected, at most 99 while the run goes on.")
        @Nullable Integer percent,
    @Schema(description = "Rows read per second since the scan began.")
        @Nullable Long rowsPerSecond,
    @Schema(description = "Milliseconds left at this rate, for the rows expected.")
        @Nullable Long remainingMs) {

  private static final int MOST_PERCENT = 99;

  /**
   * Works out rate and rest.
   *
   * @param durationMs milliseconds since the scan began, or null
   */
  static ScanProgress of(long rowsRead, @Nullable Long rowsEstimated, @Nullable Long durationMs) {
    long perSecond = durationMs == null || durationMs <= 0 ? 0 : rowsRead * 1_000 / durationMs;
    Long rate = perSecond == 0 ? null : (Long) perSecond;
    if (rowsEstimated == null || rowsEstimated <= 0) {
      return new ScanProgress(rowsRead, rowsEstimated, null, rate, null);
    }
    long left = Math.max(0, rowsEstimated - rowsRead);
    return new ScanProgress(
        rowsRead,
        rowsEstimated,
        (int) Math.min(MOST_PERCENT, rowsRead * 100 / rowsEstimated),
        rate,
        perSecond == 0 ? null : (Long) (left * 1_000 / perSecond));
  }
}
