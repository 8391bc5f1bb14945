package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnAccumulator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Takes the cells of one column out of a block of bytes and into its accumulator. Each kind of cell
 * has a decoder of its own, so that its loop stays simple. Not safe for several threads.
 */
abstract class ColumnDecoder {

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Where the cells go. */
  abstract ColumnAccumulator accumulator();

  /**
   * Takes in cells.
   *
   * @param cells offset in the high, length in the low 32 bits; a negative length is a null
   */
  abstract void decode(byte[] block, long[] cells, int from, int to);

  /** Begins a cell above the size that comes as a whole. */
  abstract void beginLarge();

  abstract void acceptPiece(byte[] data, int offset, int length);

  abstract void endLarge();

  static long cell(int offset, int length) {
    return (long) offset << 32 | length & 0xFFFFFFFFL;
  }

  static int offset(long cell) {
    return (int) (cell >>> 32);
  }

  static int length(long cell) {
    return (int) cell;
  }

  static short shortAt(byte[] data, int offset) {
    return (short) SHORTS.get(data, offset);
  }

  static int intAt(byte[] data, int offset) {
    return (int) INTS.get(data, offset);
  }

  static long longAt(byte[] data, int offset) {
    return (long) LONGS.get(data, offset);
  }
}
