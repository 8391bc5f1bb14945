package io.profilemesh.core.profile;

import java.util.Arrays;

/**
 * Short byte strings one after another in one array. A reference is the offset of an entry and
 * stays valid until {@link #reset()}. Not safe for several threads.
 */
final class ByteArena {

  private static final int HEADER = 2;
  private static final int DIGEST = 1 << 15;

  private byte[] bytes = new byte[512];
  private int size;

  /** Keeps a copy of at most 32,767 bytes. */
  int add(byte[] data, int offset, int length, boolean digest) {
    int needed = size + HEADER + length;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
    int reference = size;
    int header = length | (digest ? DIGEST : 0);
    bytes[size] = (byte) (header >>> 8);
    bytes[size + 1] = (byte) header;
    System.arraycopy(data, offset, bytes, size + HEADER, length);
    size = needed;
    return reference;
  }

  int addFrom(ByteArena other, int reference) {
    return add(other.bytes, reference + HEADER, other.length(reference), other.isDigest(reference));
  }

  /** Whether the entry is the digest of a longer value. */
  boolean isDigest(int reference) {
    return (bytes[reference] & 0x80) != 0;
  }

  int length(int reference) {
    return (bytes[reference] & 0x7F) << 8 | bytes[reference + 1] & 0xFF;
  }

  byte[] get(int reference) {
    int start = reference + HEADER;
    return Arrays.copyOfRange(bytes, start, start + length(reference));
  }

  int size() {
    return size;
  }

  void reset() {
    size = 0;
  }
}
