package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnAccumulator;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads one range into fresh accumulators. */
final class RangeScan implements ScanSession.Pieces {

  /** What a range held. */
  record Outcome(long rows, List<ColumnAccumulator> accumulators) {}

  /** Bytes between two reports of progress. */
  private static final long REPORT_BYTES = 1 << 18;

  private final ColumnDecoder[] decoders;
  private final CopyBinaryReader reader;
  private final ProgressMeter meter;
  private long bytes;
  private long unreportedBytes;
  private long reportedRows;

  RangeScan(ColumnDecoder[] decoders, ProgressMeter meter) {
    this.decoders = decoders;
    this.reader = new CopyBinaryReader(decoders);
    this.meter = meter;
  }

  Outcome run(ScanSession session, String statement) throws SQLException {
    long began = System.nanoTime();
    boolean completed = false;
    try {
      session.copy(statement, this);
      reader.finish();
      completed = true;
    } finally {
      meter.ran(
          new RanStatement(
              RanStatement.Kind.SCAN,
              statement,
              Duration.ofNanos(System.nanoTime() - began),
              reader.rows(),
              bytes,
              completed));
    }
    report();
    List<ColumnAccumulator> accumulators = new ArrayList<>(decoders.length);
    for (ColumnDecoder decoder : decoders) {
      accumulators.add(decoder.accumulator());
    }
    return new Outcome(reader.rows(), accumulators);
  }

  @Override
  public void piece(byte[] data, int offset, int length) {
    reader.accept(data, offset, length);
    unreportedBytes += length;
    bytes += length;
    if (unreportedBytes >= REPORT_BYTES) {
      report();
    }
  }

  private void report() {
    meter.add(reader.rows() - reportedRows, unreportedBytes);
    reportedRows = reader.rows();
    unreportedBytes = 0;
  }
}
