package io.profilemesh.core.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The 64-bit hash of values, seeded. Bytes are folded sixteen at a time by full 128-bit products
 * (the scheme of wyhash); numbers go through a bijection (the finaliser of MurmurHash3), so that
 * distinct numbers never collide and a number can be recovered from its hash. Never returns 0.
 */
final class ValueHash {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long P0 = 0xA0761D6478BD642FL;
  private static final long P1 = 0xE7037ED1A0B428DBL;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private ValueHash() {}

  /** Hash of bytes in place. */
  static long ofBytes(byte[] data, int offset, int length, long seed) {
    long state = fold(seed ^ P0, P1);
    long a;
    long b;
    if (length > 16) {
      int at = offset;
      int last = offset + length - 16;
      while (at < last) {
        state = fold(longAt(data, at) ^ P1, longAt(data, at + 8) ^ state);
        at += 16;
      }
      a = longAt(data, last);
      b = longAt(data, last + 8);
    } else if (length >= 8) {
      a = longAt(data, offset);
      b = longAt(data, offset + length - 8);
    } else if (length >= 4) {
      a = intAt(data, offset);
      b = intAt(data, offset + length - 4);
    } else if (length > 0) {
      a =
          (data[offset] & 0xFFL) << 16
              | (data[offset + (length >> 1)] & 0xFFL) << 8
              | (data[offset + length - 1] & 0xFFL);
      b = 0;
    } else {
      a = 0;
      b = 0;
    }
    long hash = fold(P1 ^ length, fold(a ^ P1, b ^ state));
    return hash == 0 ? 1 : hash;
  }

  /** Hash of a number. */
  static long ofLong(long value, long seed) {
    long hash = value ^ seed;
    hash ^= hash >>> 33;
    hash *= 0xFF51AFD7ED558CCDL;
    hash ^= hash >>> 33;
    hash *= 0xC4CEB9FE1A85EC53L;
    hash ^= hash >>> 33;
    return hash == 0 ? 1 : hash;
  }

  /** The number whose hash this is. */
  static long toLong(long hash, long seed) {
    long value = hash;
    value ^= value >>> 33;
    value *= 0x9CB4B2F8129337DBL;
    value ^= value >>> 33;
    value *= 0x4F74430C22A54005L;
    value ^= value >>> 33;
    return value ^ seed;
  }

  /** Code points of UTF-8 text in place: every byte that does not continue another. */
  static int codePoints(byte[] data, int offset, int length) {
    int at = offset;
    int end = offset + length;
    int continuations = 0;
    for (; at <= end - 8; at += 8) {
      long word = longAt(data, at);
      long high = word & HIGH_BITS;
      if (high != 0) {
        continuations += Long.bitCount(high & ~(word << 1));
      }
    }
    for (; at < end; at++) {
      if ((data[at] & 0xC0) == 0x80) {
        continuations++;
      }
    }
    return length - continuations;
  }

  static long longAt(byte[] data, int offset) {
    return (long) LONGS.get(data, offset);
  }

  private static long intAt(byte[] data, int offset) {
    return (int) INTS.get(data, offset) & 0xFFFFFFFFL;
  }

  /** Both halves of the signed product: as good a mixer as the unsigned one, and an intrinsic. */
  private static long fold(long a, long b) {
    return Math.multiplyHigh(a, b) ^ (a * b);
  }
}
