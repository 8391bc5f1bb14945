package io.profilemesh.core.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A decimal number of up to 16 digits in one long: its groups of four digits as a whole number, the
 * exponent of 10,000 they are multiplied by, and the sign. Equal numbers have equal longs.
 */
final class PackedDecimal {

  /** Stands for a number that does not fit. */
  static final long NONE = -1;

  private static final int BASE = 10_000;
  private static final int MOST_GROUPS = 4;

  /** With this exponent at most, one product or quotient of doubles gives the nearest double. */
  private static final int MOST_EXPONENT = 5;

  private static final int EXPONENT_BITS = 4;
  private static final int EXPONENT_MASK = (1 << EXPONENT_BITS) - 1;
  private static final VarHandle GROUPS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final double[] POWERS = powers();

  private PackedDecimal() {}

  /** Packs groups as {@link DecimalAccumulator#acceptGroups} takes them. */
  static long of(byte[] data, int offset, int groups, int weight, boolean negative) {
    if (groups > MOST_GROUPS) {
      return NONE;
    }
    long digits = 0;
    int last = 0;
    for (int i = 0; i < groups; i++) {
      last = (short) GROUPS.get(data, offset + 2 * i);
      digits = digits * BASE + last;
    }
    int exponent = weight - groups + 1;
    return last == 0 ? shortened(digits, exponent, negative) : of(digits, exponent, negative);
  }

  /** Without the trailing groups of zero. */
  private static long shortened(long digits, int exponent, boolean negative) {
    if (digits == 0) {
      return 0;
    }
    long shortest = digits;
    int shifted = exponent;
    while (shortest % BASE == 0) {
      shortest /= BASE;
      shifted++;
    }
    return of(shortest, shifted, negative);
  }

  private static long of(long digits, int exponent, boolean negative) {
    if (exponent < -MOST_EXPONENT || exponent > MOST_EXPONENT) {
      return NONE;
    }
    return digits << (EXPONENT_BITS + 1)
        | (long) (exponent + MOST_EXPONENT) << 1
        | (negative ? 1 : 0);
  }

  /** The whole number, without sign. */
  static long digits(long packed) {
    return packed >>> (EXPONENT_BITS + 1);
  }

  static int exponent(long packed) {
    return packed == 0 ? 0 : (int) (packed >>> 1 & EXPONENT_MASK) - MOST_EXPONENT;
  }

  static boolean isNegative(long packed) {
    return (packed & 1) != 0;
  }

  /** The nearest double, or one within an ulp or two of it. */
  static double toDouble(long packed) {
    long digits = digits(packed);
    int exponent = exponent(packed);
    double number = exponent >= 0 ? digits * POWERS[exponent] : digits / POWERS[-exponent];
    return isNegative(packed) ? -number : number;
  }

  private static double[] powers() {
    double[] powers = new double[MOST_EXPONENT + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * BASE;
    }
    return powers;
  }
}
