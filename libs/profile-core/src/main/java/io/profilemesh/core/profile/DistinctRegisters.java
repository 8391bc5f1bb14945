package io.profilemesh.core.profile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * HyperLogLog with 4,096 registers (Flajolet, Fusy, Gandouet, Meunier 2007) and the estimator of
 * Ertl (arXiv:1702.01284, algorithm 6), which has no bias at any size. Relative standard error 1.04
 * / sqrt(4096) = 1.63 %. Merging in any order gives the same registers.
 *
 * <p>Its bytes are an image of Apache DataSketches' {@code HllSketch} with lgK 12 and HLL_4, fed by
 * our own hash: stock readers accept them, but they must not be merged with sketches of another
 * hash.
 */
final class DistinctRegisters {

  /** Layout of {@link #toBytes}. */
  static final String FORMAT = "datasketches-hll-1";

  /** Relative standard error. */
  static final double ERROR = 1.04 / 64;

  private static final int LG_K = 12;
  private static final int K = 1 << LG_K;
  private static final int COUPON_ADDRESS_BITS = 26;
  private static final int MAX_LIST = 7;
  private static final int EXCEPTION = 15;

  /** Most coupons a stock sketch of this size keeps before it turns to registers. */
  static final int MAX_COUPONS = 384;

  private final byte[] registers = new byte[K];

  void update(long hash) {
    int slot = (int) hash & (K - 1);
    int value = rank(hash);
    if (value > registers[slot]) {
      registers[slot] = (byte) value;
    }
  }

  void merge(DistinctRegisters other) {
    for (int i = 0; i < K; i++) {
      registers[i] = (byte) Math.max(registers[i], other.registers[i]);
    }
  }

  double estimate() {
    int[] histogram = new int[66];
    for (byte register : registers) {
      histogram[register]++;
    }
    int top = 64 - LG_K;
    int saturated = 0;
    for (int value = top + 1; value < histogram.length; value++) {
      saturated += histogram[value];
    }
    double z = K * tau(1 - saturated / (double) K);
    for (int value = top; value >= 1; value--) {
      z = 0.5 * (z + histogram[value]);
    }
    z += K * sigma(histogram[0] / (double) K);
    return K / (2 * Math.log(2)) * K / z;
  }

  /**
   * Image of these registers: four bits above the smallest register each, and a list of the few
   * that need more.
   */
  byte[] toBytes() {
    int least = 63;
    double low = 0;
    double high = 0;
    for (byte register : registers) {
      least = Math.min(least, register);
      double share = Math.scalb(1.0, -register);
      low += register < 32 ? share : 0;
      high += register < 32 ? 0 : share;
    }
    int atLeast = 0;
    byte[] nibbles = new byte[K / 2];
    int[] exceptions = new int[K];
    int exceptionCount = 0;
    for (int slot = 0; slot < K; slot++) {
      int above = registers[slot] - least;
      atLeast += above == 0 ? 1 : 0;
      if (above >= EXCEPTION) {
        exceptions[exceptionCount++] = registers[slot] << COUPON_ADDRESS_BITS | slot;
        above = EXCEPTION;
      }
      nibbles[slot >> 1] |= (byte) ((slot & 1) == 0 ? above : above << 4);
    }
    ByteBuffer image =
        ByteBuffer.allocate(40 + K / 2 + 4 * exceptionCount).order(ByteOrder.LITTLE_ENDIAN);
    preamble(image, 10, 24, least, 2);
    image.put(4, (byte) Math.max(5, 32 - Integer.numberOfLeadingZeros(exceptionCount * 4 / 3)));
    image.putDouble(8, estimate()).putDouble(16, low).putDouble(24, high);
    image.putInt(32, atLeast).putInt(36, exceptionCount);
    image.position(40);
    image.put(nibbles);
    for (int i = 0; i < exceptionCount; i++) {
      image.putInt(exceptions[i]);
    }
    return image.array();
  }

  /** Image of at most {@link #MAX_COUPONS} hashes, smaller than registers would be. */
  static byte[] couponBytes(long[] hashes) {
    int[] coupons = new int[hashes.length];
    for (int i = 0; i < hashes.length; i++) {
      coupons[i] =
          rank(hashes[i]) << COUPON_ADDRESS_BITS
              | (int) hashes[i] & ((1 << COUPON_ADDRESS_BITS) - 1);
    }
    coupons = Arrays.stream(coupons).sorted().distinct().toArray();
    boolean list = coupons.length <= MAX_LIST;
    int start = list ? 8 : 12;
    ByteBuffer image =
        ByteBuffer.allocate(start + 4 * coupons.length).order(ByteOrder.LITTLE_ENDIAN);
    preamble(
        image, start / 4, coupons.length == 0 ? 12 : 8, list ? coupons.length : 0, list ? 0 : 1);
    if (list) {
      image.put(4, (byte) 3);
    } else {
      image.put(4, (byte) (32 - Integer.numberOfLeadingZeros(coupons.length * 4 / 3)));
      image.putInt(8, coupons.length);
    }
    image.position(start);
    for (int coupon : coupons) {
      image.putInt(coupon);
    }
    return image.array();
  }

  private static void preamble(ByteBuffer image, int ints, int flags, int byteSix, int mode) {
    image.put(0, (byte) ints);
    image.put(1, (byte) 1);
    image.put(2, (byte) 7);
    image.put(3, (byte) LG_K);
    image.put(5, (byte) flags);
    image.put(6, (byte) byteSix);
    image.put(7, (byte) mode);
  }

  /** One more than the leading zeros, which are independent of the low bits that choose a slot. */
  private static int rank(long hash) {
    return Math.min(Long.numberOfLeadingZeros(hash) + 1, 63);
  }

  private static double sigma(double x) {
    if (x == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double power = x;
    double weight = 1;
    double sum = x;
    double before;
    do {
      before = sum;
      power *= power;
      sum += power * weight;
      weight += weight;
    } while (sum != before);
    return sum;
  }

  private static double tau(double x) {
    if (x == 0 || x == 1) {
      return 0;
    }
    double root = x;
    double weight = 1;
    double sum = 1 - x;
    double before;
    do {
      before = sum;
      root = Math.sqrt(root);
      weight *= 0.5;
      sum -= (1 - root) * (1 - root) * weight;
    } while (sum != before);
    return sum / 3;
  }
}
