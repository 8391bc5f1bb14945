package io.profilemesh.profiler.scan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a scan went.
 *
 * @param startedAt when the snapshot was taken: the instant the profile speaks of
 * @param snapshot the source's name of the snapshot read, {@code none} where there is no shared one
 * @param rowsScanned rows read
 * @param bytesScanned bytes received from the source
 * @param sampling the sampling applied
 * @param slice the period read, or null for the whole table
 * @param strategy whether rows were read here or the source computed
 */
public record ScanFacts(
    Instant startedAt,
    Instant endedAt,
    String snapshot,
    long rowsScanned,
    long bytesScanned,
    ScanSampling sampling,
    @Nullable ScanSlice slice,
    Strategy strategy) {

  /** A scan that read rows. */
  public ScanFacts(
      Instant startedAt,
      Instant endedAt,
      String snapshot,
      long rowsScanned,
      long bytesScanned,
      ScanSampling sampling,
      @Nullable ScanSlice slice) {
    this(startedAt, endedAt, snapshot, rowsScanned, bytesScanned, sampling, slice, Strategy.SCAN);
  }

  /** Who computes a profile. */
  public enum Strategy {
    /** The profiler, from the rows. */
    SCAN,
    /** The source, by its own functions. */
    PUSHDOWN
  }
}
