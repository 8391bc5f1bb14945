package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.BooleanAccumulator;
import io.profilemesh.core.profile.ColumnAccumulator;
import io.profilemesh.core.profile.FloatAccumulator;
import io.profilemesh.core.profile.IntegerAccumulator;
import io.profilemesh.core.profile.TemporalAccumulator;

/** Decoders of cells of fixed width. */
abstract class FixedDecoder<A extends ColumnAccumulator> extends ColumnDecoder {

  private static final int DAYS_TO_2000 = 10_957;
  private static final long MICROS_TO_2000 = 946_684_800_000_000L;

  final A accumulator;
  private final int width;

  FixedDecoder(A accumulator, int width) {
    this.accumulator = accumulator;
    this.width = width;
  }

  @Override
  final A accumulator() {
    return accumulator;
  }

  @Override
  final void beginLarge() {
    throw new CopyFormatException("a cell is larger than its type");
  }

  @Override
  final void acceptPiece(byte[] data, int offset, int length) {
    throw new CopyFormatException("a cell is larger than its type");
  }

  @Override
  final void endLarge() {
    throw new CopyFormatException("a cell is larger than its type");
  }

  /** Whether there is a value; counts nulls and refuses other widths. */
  final boolean isValue(long cell) {
    int length = length(cell);
    if (length == width) {
      return true;
    }
    if (length >= 0) {
      throw new CopyFormatException("a cell has " + length + " bytes instead of " + width);
    }
    accumulator.acceptNull();
    return false;
  }

  static final class Int2 extends FixedDecoder<IntegerAccumulator> {
    Int2(IntegerAccumulator accumulator) {
      super(accumulator, 2);
    }

    @Override
    void decode(byte[] block, long[] cells, int from, int to) {
      for (int i = from; i < to; i++) {
        if (isValue(cells[i])) {
          accumulator.acceptLong(shortAt(block, offset(cells[i])));
        }
      }
    }
  }

  static final class Int4 extends FixedDecoder<IntegerAccumulator> {
    Int4(IntegerAccumulator accumulator) {
      super(accumulator, 4);
    }

    @Override
    void decode(byte[] block, long[] cells, int from, int to) {
      for (int i = from; i < to; i++) {
        if (isValue(cells[i])) {
          accumulator.acceptLong(intAt(block, offset(cells[i])));
        }
      }
    }
  }

  static final class Unsigned4 extends FixedDecoder<IntegerAccumulator> {
    Unsigned4(IntegerAccumulator accumulator) {
      super(accumulator, 4);
    }

    @Override
    void decode(byte[] block, long[] cells, int from, int to) {
      for (int i = from; i < to; i++) {
        if (isValue(cells[i])) {
          accumulator.acceptLong(intAt(block, offset(cells[i])) & 0xFFFFFFFFL);
        }
      }
    }
  }

  static final class Int8 extends FixedDecoder<IntegerAccumulator> {
    Int8(IntegerAccumulator accumulator) {
      super(accumulator, 8);
    }

    @Override
    void decode(byte[] block, long[] cells, int from, int to) {
      for (int i = from; i < to; i++) {
        if (isValue(cells[i])) {
          accumulator.acceptLong(longAt(block, offset(cells[i])));
        }
      }
    }
  }

  static final class Float4 extends FixedDecoder<FloatAccumulator> {
    Float4(FloatAccumulator accumulator) {
      super(accumulator, 4);
    }

    @Override
    void decode(byte[] block, long[] cells, int from, int to) {
      for (int i = from; i < to; i++) {
        if (isValue(cells[i])) {
          accumulator.acceptDouble(Float.intBitsToFloat(intAt(block, offset(cells[i]))));
        }
      }
    }
  }

  static final class Float8 extends FixedDecoder<FloatAccumulator> {
    Float8(FloatAccumulator accumulator) {
      super(accumulator, 8);
    }

    @Override
    void decode(byte[] block, long[] cells, int from, int to) {
      for (int i = from; i < to; i++) {
        if (isValue(cells[i])) {
          accumulator.acceptDouble(Double.longBitsToDouble(longAt(block, offset(cells[i]))));
        }
      }
    }
  }

  static final class Bool extends FixedDecoder<BooleanAccumulator> {
    Bool(BooleanAccumulator accumulator) {
      super(accumulator, 1);
    }

    @Override
    void decode(byte[] block, long[] cells, int from, int to) {
      for (int i = from; i < to; i++) {
        if (isValue(cells[i])) {
          accumulator.acceptBoolean(block[offset(cells[i])] != 0);
        }
      }
    }
  }

  /** Days since 2000-01-01; the extreme numbers are infinities. */
  static final class Date extends FixedDecoder<TemporalAccumulator> {
    Date(TemporalAccumulator accumulator) {
      super(accumulator, 4);
    }

    @Override
    void decode(byte[] block, long[] cells, int from, int to) {
      for (int i = from; i < to; i++) {
        if (isValue(cells[i])) {
          int days = intAt(block, offset(cells[i]));
          if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            accumulator.acceptInfinity(days < 0);
          } else {
            accumulator.acceptLong((long) days + DAYS_TO_2000);
          }
        }
      }
    }
  }

  /** Microseconds since 2000-01-01T00:00:00; the extreme numbers are infinities. */
  static final class Timestamp extends FixedDecoder<TemporalAccumulator> {
    Timestamp(TemporalAccumulator accumulator) {
      super(accumulator, 8);
    }

    @Override
    void decode(byte[] block, long[] cells, int from, int to) {
      for (int i = from; i < to; i++) {
        if (isValue(cells[i])) {
          long micros = longAt(block, offset(cells[i]));
          if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            accumulator.acceptInfinity(micros < 0);
          } else {
            accumulator.acceptLong(micros + MICROS_TO_2000);
          }
        }
      }
    }
  }

  /** Microseconds since midnight, then the zone where there is one; the zone is not looked at. */
  static final class Time extends FixedDecoder<TemporalAccumulator> {
    Time(TemporalAccumulator accumulator, int width) {
      super(accumulator, width);
    }

    @Override
    void decode(byte[] block, long[] cells, int from, int to) {
      for (int i = from; i < to; i++) {
        if (isValue(cells[i])) {
          accumulator.acceptLong(longAt(block, offset(cells[i])));
        }
      }
    }
  }
}
