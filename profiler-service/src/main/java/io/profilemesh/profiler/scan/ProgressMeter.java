package io.profilemesh.profiler.scan;

import java.sql.SQLException;
import java.time.Duration;

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

  /** A meter whose rows do not count, because they were read before; its statements do. */
  ProgressMeter apart() {
    return new ProgressMeter(
        new ScanProgress() {
          @Override
          public void advanced(long rowsRead, long bytesRead) {}

          @Override
          public void ran(RanStatement statement) {
            ProgressMeter.this.ran(statement);
          }
        });
  }

  synchronized void ran(RanStatement statement) {
    progress.ran(statement);
  }

  /** Runs a statement that answers no rows of the table, and tells about it. */
  <T> T timed(RanStatement.Kind kind, String sql, Statement<T> statement) throws SQLException {
    long began = System.nanoTime();
    boolean completed = false;
    try {
      T answer = statement.run();
      completed = true;
      return answer;
    } finally {
      Duration duration = Duration.ofNanos(System.nanoTime() - began);
      ran(new RanStatement(kind, sql, duration, null, null, completed));
    }
  }

  /** Runs a statement and reads its answer. */
  interface Statement<T> {
    T run() throws SQLException;
  }

  synchronized long bytes() {
    return bytes;
  }
}
