package io.profilemesh.profiler.scan;

/**
 * Told how far a scan is. Called often (every few hundred rows) and from several threads, one call
 * at a time: be quick, and throttle what goes further.
 */
@FunctionalInterface
public interface ScanProgress {

  /** Ignores progress. */
  ScanProgress NONE = (rows, bytes) -> {};

  /**
   * @param rowsRead rows read so far, never less than in the call before
   * @param bytesRead bytes received so far
   */
  void advanced(long rowsRead, long bytesRead);

  /** A statement that reads the table has ended, well or not. */
  default void ran(RanStatement statement) {}
}
