package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.BooleanAccumulator;
import io.profilemesh.core.profile.ColumnAccumulator;
import io.profilemesh.core.profile.DecimalAccumulator;
import io.profilemesh.core.profile.FloatAccumulator;
import io.profilemesh.core.profile.IntegerAccumulator;
import io.profilemesh.core.profile.TemporalAccumulator;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.ToLongFunction;

/**
 * Takes the cells of one column out of rows and into its accumulator. Not safe for several threads.
 *
 * @param <A> where the cells go
 */
abstract class JdbcCell<A extends ColumnAccumulator> {

  /** What {@link #read} answers for a value that the column's encoding cannot hold. */
  static final int MISFIT = -1;

  static final int NUMBER_BYTES = Long.BYTES;

  final A accumulator;

  JdbcCell(A accumulator) {
    this.accumulator = accumulator;
  }

  /** Takes in the cell of the current row; answers its size in bytes, or {@link #MISFIT}. */
  abstract int read(ResultSet row, int index) throws SQLException;

  static final class Whole extends JdbcCell<IntegerAccumulator> {
    Whole(IntegerAccumulator accumulator) {
      super(accumulator);
    }

    @Override
    int read(ResultSet row, int index) throws SQLException {
      long value = row.getLong(index);
      if (value == 0 && row.wasNull()) {
        accumulator.acceptNull();
        return 0;
      }
      accumulator.acceptLong(value);
      return NUMBER_BYTES;
    }
  }

  static final class Floating extends JdbcCell<FloatAccumulator> {
    Floating(FloatAccumulator accumulator) {
      super(accumulator);
    }

    @Override
    int read(ResultSet row, int index) throws SQLException {
      double value = row.getDouble(index);
      if (isPerhapsNull(value) && row.wasNull()) {
        accumulator.acceptNull();
        return 0;
      }
      accumulator.acceptDouble(value);
      return NUMBER_BYTES;
    }

    /** Drivers answer 0 for no value, as JDBC says, or NaN. */
    private static boolean isPerhapsNull(double value) {
      return value == 0 || Double.isNaN(value);
    }
  }

  static final class Decimal extends JdbcCell<DecimalAccumulator> {
    Decimal(DecimalAccumulator accumulator) {
      super(accumulator);
    }

    @Override
    int read(ResultSet row, int index) throws SQLException {
      BigDecimal value = row.getBigDecimal(index);
      if (value == null) {
        accumulator.acceptNull();
        return 0;
      }
      accumulator.acceptDecimal(value);
      return NUMBER_BYTES;
    }
  }

  static final class Truth extends JdbcCell<BooleanAccumulator> {
    Truth(BooleanAccumulator accumulator) {
      super(accumulator);
    }

    @Override
    int read(ResultSet row, int index) throws SQLException {
      boolean value = row.getBoolean(index);
      if (!value && row.wasNull()) {
        accumulator.acceptNull();
        return 0;
      }
      accumulator.acceptBoolean(value);
      return 1;
    }
  }

  /**
   * Dates and times as whole numbers in the unit of their accumulator; the extremes are infinity.
   */
  static final class Moment extends JdbcCell<TemporalAccumulator> {
    Moment(TemporalAccumulator accumulator) {
      super(accumulator);
    }

    @Override
    int read(ResultSet row, int index) throws SQLException {
      long value = row.getLong(index);
      if (value == 0 && row.wasNull()) {
        accumulator.acceptNull();
        return 0;
      }
      if (value == Long.MAX_VALUE || value == Long.MIN_VALUE) {
        accumulator.acceptInfinity(value < 0);
        return NUMBER_BYTES;
      }
      accumulator.acceptLong(value);
      return NUMBER_BYTES;
    }
  }

  /** Dates and times as text. */
  static final class WrittenMoment extends JdbcCell<TemporalAccumulator> {
    private final ToLongFunction<String> reader;

    /**
     * @param reader gives {@link IsoTimes#NONE} for what is no date or time
     */
    WrittenMoment(TemporalAccumulator accumulator, ToLongFunction<String> reader) {
      super(accumulator);
      this.reader = reader;
    }

    @Override
    int read(ResultSet row, int index) throws SQLException {
      String text = row.getString(index);
      if (text == null) {
        accumulator.acceptNull();
        return 0;
      }
      long value = reader.applyAsLong(text);
      if (value == IsoTimes.NONE) {
        return MISFIT;
      }
      accumulator.acceptLong(value);
      return text.length();
    }
  }
}
