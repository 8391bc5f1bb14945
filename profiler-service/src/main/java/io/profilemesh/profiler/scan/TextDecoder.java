package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnAccumulator;
import io.profilemesh.core.profile.TextAccumulator;

/** Decodes cells of UTF-8 text. */
final class TextDecoder extends ColumnDecoder {

  private final TextAccumulator accumulator;
  private final boolean padded;

  /**
   * @param padded whether blanks at the end are padding
   */
  TextDecoder(TextAccumulator accumulator, boolean padded) {
    this.accumulator = accumulator;
    this.padded = padded;
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
        continue;
      }
      int offset = offset(cells[i]);
      while (padded && length > 0 && block[offset + length - 1] == ' ') {
        length--;
      }
      accumulator.acceptBytes(block, offset, length);
    }
  }

  @Override
  void beginLarge() {
    accumulator.beginLarge();
  }

  @Override
  void acceptPiece(byte[] data, int offset, int length) {
    accumulator.acceptPiece(data, offset, length);
  }

  @Override
  void endLarge() {
    accumulator.endLarge();
  }
}
