package io.profilemesh.core.profile;

import java.nio.ByteBuffer;

/**
 * Hash of a value that arrives in pieces, however it is cut: blocks of a fixed size are hashed in
 * turn, each seeded by the one before. Also a digest of 128 bits that stands for a value too long
 * to keep. Not safe for several threads.
 */
final class StreamedHash {

  /** Bytes of a digest: two hashes and the length. */
  static final int DIGEST_BYTES = 24;

  private static final int BLOCK = 4096;
  private static final long SECOND = 0x9E3779B97F4A7C15L;

  private final long seed;
  private final byte[] block = new byte[BLOCK];
  private final ByteBuffer digest = ByteBuffer.allocate(DIGEST_BYTES);
  private int filled;
  private long length;
  private long first;
  private long second;

  StreamedHash(long seed) {
    this.seed = seed;
    this.first = seed;
    this.second = seed ^ SECOND;
  }

  void reset() {
    filled = 0;
    length = 0;
    first = seed;
    second = seed ^ SECOND;
  }

  void update(byte[] data, int offset, int count) {
    length += count;
    int at = offset;
    int left = count;
    while (left > 0) {
      int taken = Math.min(left, BLOCK - filled);
      System.arraycopy(data, at, block, filled, taken);
      filled += taken;
      at += taken;
      left -= taken;
      if (filled == BLOCK) {
        foldBlock();
      }
    }
  }

  long length() {
    return length;
  }

  /** The hash; ends the value. */
  long finish() {
    foldBlock();
    return first;
  }

  /** The digest; only after {@link #finish()}, and only until the next value. */
  byte[] digest() {
    digest.putLong(0, first).putLong(8, second).putLong(16, length);
    return digest.array();
  }

  /** The digest of a value that is there as a whole. */
  byte[] digestOf(byte[] data, int offset, int count) {
    reset();
    update(data, offset, count);
    finish();
    return digest();
  }

  private void foldBlock() {
    first = ValueHash.ofBytes(block, 0, filled, first);
    second = ValueHash.ofBytes(block, 0, filled, second);
    filled = 0;
  }
}
