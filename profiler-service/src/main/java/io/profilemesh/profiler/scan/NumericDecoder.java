package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnAccumulator;
import io.profilemesh.core.profile.DecimalAccumulator;
import java.util.Arrays;

/**
 * Decodes {@code numeric}: number of groups, weight, sign, display scale, then groups of four
 * digits, each 16 bits. The display scale makes no other number and is not looked at.
 */
final class NumericDecoder extends ColumnDecoder {

  private static final int HEADER = 8;
  private static final int POSITIVE = 0x0000;
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xC000;
  private static final int PLUS_INFINITY = 0xD000;
  private static final int MINUS_INFINITY = 0xF000;

  /** The largest number of the engine, 131,072 digits before and 16,383 after the point, fits. */
  private static final int LARGEST = 128 * 1024;

  private final DecimalAccumulator accumulator;
  private byte[] large = {};
  private int largeLength;

  NumericDecoder(DecimalAccumulator accumulator) {
    this.accumulator = accumulator;
  }

  @Override
  ColumnAccumulator accumulator() {
    return accumulator;
  }

  @Override
  void decode(byte[] block, long[] cells, int from, int to) {
    for (int i = from; i < to; i++) {
      int length = length(cells[i]);
      if (length < 0) {
        accumulator.acceptNull();
      } else {
        accept(block, offset(cells[i]), length);
      }
    }
  }

  @Override
  void beginLarge() {
    largeLength = 0;
  }

  @Override
  void acceptPiece(byte[] data, int offset, int length) {
    if (largeLength + length > LARGEST) {
      throw new CopyFormatException("a number has more digits than the engine knows");
    }
    if (largeLength + length > large.length) {
      large = Arrays.copyOf(large, LARGEST);
    }
    System.arraycopy(data, offset, large, largeLength, length);
    largeLength += length;
  }

  @Override
  void endLarge() {
    accept(large, 0, largeLength);
    large = new byte[0];
  }

  private void accept(byte[] data, int offset, int length) {
    int groups = length < HEADER ? -1 : shortAt(data, offset);
    if (groups < 0 || length != HEADER + 2 * groups) {
      throw new CopyFormatException("a number has another size than it says");
    }
    int sign = shortAt(data, offset + 4) & 0xFFFF;
    switch (sign) {
      case POSITIVE, NEGATIVE ->
          accumulator.acceptGroups(
              data, offset + HEADER, groups, shortAt(data, offset + 2), sign == NEGATIVE);
      case NAN -> accumulator.acceptNaN();
      case PLUS_INFINITY, MINUS_INFINITY -> accumulator.acceptInfinity(sign == MINUS_INFINITY);
      default -> throw new CopyFormatException("a number has an unknown sign");
    }
  }
}
