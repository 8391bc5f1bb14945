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
  static final long HIGH_BITS = 0x8080808080808080L;

  private ValueHash() {}

  /** Hash of bytes in place. */
  static long ofBytes(byte[] data, int offset, int length, long seed) {
    long state = start(seed);
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
    return ofWords(a, b, state, length);
  }

  /** The state that a hash of bytes begins with. */
  static long start(long seed) {
    return fold(seed ^ P0, P1);
  }

  /** Hash of bytes whose last sixteen are these words, after the state of those before. */
  static long ofWords(long a, long b, long state, int length) {
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
    return isAscii(data, offset, length) ? length : length - continuations(data, offset, length);
  }

  /** Looks at whole words only; the last ones may overlap. */
  static boolean isAscii(byte[] data, int offset, int length) {
    if (length >= 8) {
      int last = offset + length - 8;
      long seen = longAt(data, last);
      for (int at = offset; at < last; at += 8) {
        seen |= longAt(data, at);
      }
      return (seen & HIGH_BITS) == 0;
    }
    if (length >= 4) {
      return ((intAt(data, offset) | intAt(data, offset + length - 4)) & HIGH_BITS) == 0;
    }
    int seen = 0;
    for (int i = 0; i < length; i++) {
      seen |= data[offset + i];
    }
    return seen >= 0;
  }

  static int continuations(byte[] data, int offset, int length) {
    int at = offset;
    int end = offset + length;
    int continuations = 0;
    for (; at <= end - 8; at += 8) {
      long word = longAt(data, at);
      continuations += Long.bitCount(word & HIGH_BITS & ~(word << 1));
    }
    for (; at < end; at++) {
      if ((data[at] & 0xC0) == 0x80) {
        continuations++;
      }
    }
    return continuations;
  }

  static long longAt(byte[] data, int offset) {
    return (long) LONGS.get(data, offset);
  }

  static long intAt(byte[] data, int offset) {
    return (int) INTS.get(data, offset) & 0xFFFFFFFFL;
  }

  /** Both halves of the signed product: as good a mixer as the unsigned one, and an intrinsic. */
  private static long fold(long a, long b) {
    return Math.multiplyHigh(a, b) ^ (a * b);
  }
}
