package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnAccumulator;
import io.profilemesh.core.profile.OpaqueAccumulator;

/** Decodes cells that are only bytes here. */
final class OpaqueDecoder extends ColumnDecoder {

  private final OpaqueAccumulator accumulator;
  private final int skipped;
  private int toSkip;

  /**
   * @param skipped bytes before the value, such as a version
   */
  OpaqueDecoder(OpaqueAccumulator accumulator, int skipped) {
    this.accumulator = accumulator;
    this.skipped = skipped;
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
      } else if (length < skipped) {
        throw new CopyFormatException("a cell ends before its value");
      } else {
        accumulator.acceptBytes(block, offset(cells[i]) + skipped, length - skipped);
      }
    }
  }

  @Override
  void beginLarge() {
    toSkip = skipped;
    accumulator.beginLarge();
  }

  @Override
  void acceptPiece(byte[] data, int offset, int length) {
    int skip = Math.min(toSkip, length);
    toSkip -= skip;
    accumulator.acceptPiece(data, offset + skip, length - skip);
  }

  @Override
  void endLarge() {
    accumulator.endLarge();
  }
}
