package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.AccumulatorSettings;
import io.profilemesh.core.profile.ColumnAccumulator;
import io.profilemesh.profiler.dialect.JdbcEncoding;
import io.profilemesh.profiler.dialect.SourceColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the rows into fresh accumulators. Columns with a value that their encoding cannot
 * hold are named afterwards: what was accumulated for them is of no use.
 */
final class JdbcPass implements JdbcSession.Rows {

  private static final int ROWS_PER_REPORT = 512;

  private final JdbcQuery query;
  private final JdbcSession session;
  private final ProgressMeter meter;
  private final JdbcCell<?>[] cells;
  private final int[] checked;
  private final BitSet misfits = new BitSet();
  private final @Nullable SplittableRandom chance;
  private final double fraction;
  private long rows;
  private long bytes;
  private long allBytes;

  /**
   * @param sampling decides which rows are taken where the engine does not choose them
   */
  JdbcPass(
      JdbcQuery query,
      JdbcSession session,
      List<SourceColumn> columns,
      AccumulatorSettings settings,
      ScanSampling sampling,
      ProgressMeter meter) {
    this.query = query;
    this.session = session;
    this.meter = meter;
    this.cells = new JdbcCell<?>[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = JdbcCells.cellOf((JdbcEncoding) columns.get(i).encoding(), settings);
    }
    this.checked = query.checked().stream().mapToInt(Integer::intValue).toArray();
    Long seed = sampling.seed();
    this.chance = query.choosesRows() || seed == null ? null : new SplittableRandom(seed);
    this.fraction = sampling.fraction();
  }

  /** Reads; answers the columns whose encoding does not fit, by their place. */
  BitSet run() throws SQLException {
    String sql = query.sql();
    long began = System.nanoTime();
    boolean completed = false;
    try {
      session.query(sql, this);
      completed = true;
    } finally {
      meter.ran(
          new RanStatement(
              RanStatement.Kind.SCAN,
              sql,
              Duration.ofNanos(System.nanoTime() - began),
              rows,
              allBytes + bytes,
              completed));
    }
    return misfits;
  }

  long rows() {
    return rows;
  }

  ColumnAccumulator accumulator(int column) {
    return cells[column].accumulator;
  }

  @Override
  public void read(ResultSet row) throws SQLException {
    long reported = 0;
    while (row.next()) {
      if (chance != null && chance.nextDouble() >= fraction) {
        continue;
      }
      readRow(row);
      rows++;
      if (rows - reported == ROWS_PER_REPORT) {
        session.check();
        meter.add(ROWS_PER_REPORT, bytes);
        reported = rows;
        allBytes += bytes;
        bytes = 0;
      }
    }
    session.check();
    meter.add(rows - reported, bytes);
  }

  private void readRow(ResultSet row) throws SQLException {
    for (int i = 0; i < checked.length; i += JdbcQuery.BITS) {
      long mask = row.getLong(cells.length + 1 + i / JdbcQuery.BITS);
      while (mask != 0) {
        misfits.set(checked[i + Long.numberOfTrailingZeros(mask)]);
        mask &= mask - 1;
      }
    }
    for (int i = 0; i < cells.length; i++) {
      if (misfits.get(i)) {
        continue;
      }
      int size = cells[i].read(row, i + 1);
      if (size == JdbcCell.MISFIT) {
        misfits.set(i);
      } else {
        bytes += size;
      }
    }
  }
}
