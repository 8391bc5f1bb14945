package io.profilemesh.core.profile;

/**
 * The hash of a text and its code points, from one look at the bytes where they are few: with
 * lengths that vary, every further branch on them costs more than the hash. Not safe for several
 * threads.
 */
final class TextHash {

  private final long seed;
  private final long start;
  private int codePoints;

  TextHash(long seed) {
    this.seed = seed;
    this.start = ValueHash.start(seed);
  }

  /** The same as {@link ValueHash#ofBytes}. */
  long of(byte[] data, int offset, int length) {
    if (length > 16) {
      codePoints = ValueHash.codePoints(data, offset, length);
      return ValueHash.ofBytes(data, offset, length, seed);
    }
    long a = 0;
    long b = 0;
    if (length >= 8) {
      a = ValueHash.longAt(data, offset);
      b = ValueHash.longAt(data, offset + length - 8);
    } else if (length >= 4) {
      a = ValueHash.intAt(data, offset);
      b = ValueHash.intAt(data, offset + length - 4);
    } else if (length > 0) {
      a =
          (data[offset] & 0xFFL) << 16
              | (data[offset + (length >> 1)] & 0xFFL) << 8
              | (data[offset + length - 1] & 0xFFL);
    }
    codePoints =
        ((a | b) & ValueHash.HIGH_BITS) == 0
            ? length
            : length - ValueHash.continuations(data, offset, length);
    return ValueHash.ofWords(a, b, start, length);
  }

  /** Code points of the text that was hashed last. */
  int codePoints() {
    return codePoints;
  }
}
