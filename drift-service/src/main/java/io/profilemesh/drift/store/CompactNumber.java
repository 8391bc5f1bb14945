package io.profilemesh.drift.store;

/**
 * Bytes of a number: a tag, then a decimal mantissa as short as it gets where that is exact, else a
 * double, or a float where some precision may go.
 */
final class CompactNumber {

  private static final int FLOAT = 14;
  private static final int DOUBLE = 15;
  private static final int MOST_DECIMALS = 6;

  /** Mantissas up to this size take no more bytes than a double. */
  private static final double MOST_MANTISSA = 1L << 48;

  private static final double[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private CompactNumber() {}

  /**
   * Writes a finite number.
   *
   * @param exact false: seven significant digits are enough
   */
  static void write(BinaryWriter out, double value, boolean exact) {
    for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
      double mantissa = Math.rint(value * POWERS[decimals]);
      if (Math.abs(mantissa) <= MOST_MANTISSA && mantissa / POWERS[decimals] == value) {
        out.writeByte(decimals);
        out.writeSigned((long) mantissa);
        return;
      }
    }
    float rounded = (float) value;
    if (rounded == value || (!exact && Float.isFinite(rounded))) {
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
      case FLOAT -> in.readFloat();
      case DOUBLE -> in.readDouble();
      default -> in.readSigned() / POWERS[tag];
    };
  }
}
