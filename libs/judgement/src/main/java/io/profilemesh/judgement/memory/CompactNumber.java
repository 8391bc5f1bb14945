package io.profilemesh.judgement.memory;

/**
 * Bytes of a number: a tag, then a decimal mantissa as short as it gets where that is exact, else a
 * double, or the upper three bytes of a float where some precision may go.
 */
final class CompactNumber {

  private static final int SHORT_FLOAT = 13;
  private static final int FLOAT = 14;
  private static final int DOUBLE = 15;
  private static final int MOST_DECIMALS = 6;
  private static final int LOST_BYTE = 256;

  /** Mantissas up to this size take no more bytes than a double. */
  private static final double MOST_MANTISSA = 1L << 48;

  private static final double[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  /** Precision asked for. */
  enum Digits {
    ALL,
    SEVEN,
    FIVE
  }

  private CompactNumber() {}

  /**
   * Writes a finite number.
   *
   * @param digits how many significant ones matter at least
   */
  static void write(BinaryWriter out, double value, Digits digits) {
    for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
      double mantissa = Math.rint(value * POWERS[decimals]);
      if (Math.abs(mantissa) <= MOST_MANTISSA && mantissa / POWERS[decimals] == value) {
        out.writeByte(decimals);
        out.writeSigned((long) mantissa);
        return;
      }
    }
    float rounded = (float) value;
    if (digits == Digits.FIVE && Float.isFinite(rounded)) {
      int bits = Float.floatToRawIntBits(rounded) + LOST_BYTE / 2 & -LOST_BYTE;
      if (Float.isFinite(Float.intBitsToFloat(bits))) {
        out.writeByte(SHORT_FLOAT);
        out.writeByte(bits >>> 24);
        out.writeByte(bits >>> 16 & 0xFF);
        out.writeByte(bits >>> 8 & 0xFF);
        return;
      }
    }
    if (rounded == value || (digits == Digits.SEVEN && Float.isFinite(rounded))) {
      out.writeByte(FLOAT);
      out.writeFloat(rounded);
    } else {
      out.writeByte(DOUBLE);
      out.writeDouble(value);
    }
  }

  static double read(BinaryReader in) {
    int tag = in.readByte();
    return switch (tag) {
      case SHORT_FLOAT ->
          Float.intBitsToFloat(in.readByte() << 24 | in.readByte() << 16 | in.readByte() << 8);
      case FLOAT -> in.readFloat();
      case DOUBLE -> in.readDouble();
      default -> in.readSigned() / POWERS[tag];
    };
  }
}
