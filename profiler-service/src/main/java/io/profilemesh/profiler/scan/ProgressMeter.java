package io.profilemesh.profiler.scan;

/** Adds up the progress of several threads and tells about it one call at a time. Thread-safe. */
final class ProgressMeter {

  private final ScanProgress progress;
  private long rows;
  private long bytes;

  ProgressMeter(ScanProgress progress) {
    this.progress = progress;
  }

  synchronized void add(long moreRows, long moreBytes) {
    rows += moreRows;
    bytes += moreBytes;
    progress.advanced(rows, bytes);
  }

  synchronized long bytes() {
    return bytes;
  }
}
