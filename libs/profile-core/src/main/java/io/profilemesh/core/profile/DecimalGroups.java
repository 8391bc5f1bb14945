package io.profilemesh.core.profile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * One decimal number as groups of four digits in canonical form: no leading or trailing group of
 * zero, zero without sign. Equal numbers have equal bytes: sign, weight, groups. Mutable, so that a
 * scan reuses it; not safe for several threads.
 */
final class DecimalGroups {

  /** Bytes before the groups: sign, then weight as 32 bits. */
  static final int HEADER = 5;

  private static final int BASE = 10_000;

  private byte[] bytes = new byte[HEADER + 16];
  private int groups;
  private int weight;
  private boolean negative;

  static DecimalGroups ofBytes(byte[] canonical) {
    DecimalGroups number = new DecimalGroups();
    int weight = 0;
    for (int i = 1; i < HEADER; i++) {
      weight = weight << 8 | canonical[i] & 0xFF;
    }
    number.set(canonical, HEADER, (canonical.length - HEADER) / 2, weight, canonical[0] != 0);
    return number;
  }

  static DecimalGroups of(BigDecimal value) {
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    int fraction = Math.floorDiv(plain.scale() + 3, 4);
    BigInteger whole = plain.abs().movePointRight(4 * fraction).toBigIntegerExact();
    String digits = whole.toString();
    String padded = "0".repeat((4 - digits.length() % 4) % 4) + digits;
    int count = padded.length() / 4;
    byte[] data = new byte[2 * count];
    for (int i = 0; i < count; i++) {
      int group = Integer.parseInt(padded.substring(4 * i, 4 * i + 4));
      data[2 * i] = (byte) (group >>> 8);
      data[2 * i + 1] = (byte) group;
    }
    DecimalGroups number = new DecimalGroups();
    number.set(data, 0, count, count - 1 - fraction, value.signum() < 0);
    return number;
  }

  void set(byte[] data, int offset, int count, int firstWeight, boolean isNegative) {
    int start = offset;
    int left = count;
    weight = firstWeight;
    while (left > 0 && data[start] == 0 && data[start + 1] == 0) {
      start += 2;
      left--;
      weight--;
    }
    while (left > 0 && data[start + 2 * left - 2] == 0 && data[start + 2 * left - 1] == 0) {
      left--;
    }
    groups = left;
    weight = left == 0 ? 0 : weight;
    negative = isNegative && left > 0;
    if (bytes.length < HEADER + 2 * left) {
      bytes = new byte[HEADER + 4 * left];
    }
    bytes[0] = (byte) (negative ? 1 : 0);
    bytes[1] = (byte) (weight >>> 24);
    bytes[2] = (byte) (weight >>> 16);
    bytes[3] = (byte) (weight >>> 8);
    bytes[4] = (byte) weight;
    System.arraycopy(data, start, bytes, HEADER, 2 * left);
  }

  /** Takes over a packed number. */
  void set(long packed) {
    long digits = PackedDecimal.digits(packed);
    int count = 0;
    for (long left = digits; left > 0; left /= BASE) {
      count++;
    }
    for (int i = count - 1; i >= 0; i--) {
      int group = (int) (digits % BASE);
      digits /= BASE;
      bytes[HEADER + 2 * i] = (byte) (group >>> 8);
      bytes[HEADER + 2 * i + 1] = (byte) group;
    }
    set(
        bytes,
        HEADER,
        count,
        PackedDecimal.exponent(packed) + count - 1,
        PackedDecimal.isNegative(packed));
  }

  /** This number packed, or {@link PackedDecimal#NONE}. */
  long packed() {
    return PackedDecimal.of(bytes, HEADER, groups, weight, negative);
  }

  void copyFrom(DecimalGroups other) {
    set(other.bytes, HEADER, other.groups, other.weight, other.negative);
  }

  /** The canonical form, of {@link #length()} bytes; overwritten by the next number. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return HEADER + 2 * groups;
  }

  int groups() {
    return groups;
  }

  int weight() {
    return weight;
  }

  boolean isNegative() {
    return negative;
  }

  int compareTo(DecimalGroups other) {
    int mine = groups == 0 ? 0 : negative ? -1 : 1;
    int theirs = other.groups == 0 ? 0 : other.negative ? -1 : 1;
    if (mine != theirs || mine == 0) {
      return Integer.compare(mine, theirs);
    }
    return mine * compareMagnitude(other);
  }

  /** The nearest double, or one within an ulp or two of it; infinite when out of range. */
  double toDouble() {
    long packed = packed();
    return packed == PackedDecimal.NONE
        ? toBigDecimal().doubleValue()
        : PackedDecimal.toDouble(packed);
  }

  BigDecimal toBigDecimal() {
    StringBuilder digits = new StringBuilder(4 * groups + 1);
    digits.append('0');
    for (int i = 0; i < groups; i++) {
      int group = group(i);
      digits.append((char) ('0' + group / 1000));
      digits.append((char) ('0' + group / 100 % 10));
      digits.append((char) ('0' + group / 10 % 10));
      digits.append((char) ('0' + group % 10));
    }
    BigInteger whole = new BigInteger(digits.toString());
    BigDecimal value = new BigDecimal(whole, -4 * (weight - groups + 1)).stripTrailingZeros();
    return negative ? value.negate() : value;
  }

  private int group(int i) {
    return (bytes[HEADER + 2 * i] & 0xFF) << 8 | bytes[HEADER + 2 * i + 1] & 0xFF;
  }

  private int compareMagnitude(DecimalGroups other) {
    if (weight != other.weight) {
      return Integer.compare(weight, other.weight);
    }
    return Arrays.compareUnsigned(bytes, HEADER, length(), other.bytes, HEADER, other.length());
  }
}
