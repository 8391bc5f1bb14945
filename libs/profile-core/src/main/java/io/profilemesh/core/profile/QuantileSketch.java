package io.profilemesh.core.profile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * KLL quantile sketch (Karnin, Lang, Liberty 2016) of doubles with k = 200. Values at level i weigh
 * 2^i; a level that is full is sorted and every other value moves up. Seeded: the same values in
 * the same order give the same bytes. After the first {@value #THIN_AFTER} values only one of
 * eight, chosen by chance, enters at weight eight, which {@link #rankError()} accounts for.
 *
 * <p>Takes finite values only. Its bytes are an image of Apache DataSketches' {@code
 * KllDoublesSketch}. Not safe for several threads.
 */
final class QuantileSketch {

  /** Layout of {@link #toBytes}. */
  static final String FORMAT = "datasketches-kll-double-1";

  private static final int K = 200;
  private static final int M = 8;

  /** Rank error of one quantile at 99 % confidence for k = 200. */
  private static final double KLL_ERROR = 0.0133;

  private static final double Z99 = 2.576;
  static final int THIN_AFTER = 1 << 16;
  private static final int THIN_BITS = 3;
  private static final int BUFFER = 256;
  private static final double[] NOTHING = {};

  private final double[] buffer = new double[BUFFER];
  private int buffered;
  private final double[] block = new double[1 << THIN_BITS];
  private int blockFilled;
  private double[][] levels = {NOTHING};
  private long n;
  private long seen;
  private long thinned;
  private long random;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  QuantileSketch(long seed) {
    random = ValueHash.ofLong(seed, 0x2545F4914F6CDD1DL);
  }

  void add(double value) {
    if (seen < THIN_AFTER) {
      seen++;
      push(value);
      return;
    }
    block[blockFilled++] = value;
    if (blockFilled == block.length) {
      thinBlock();
    }
  }

  /** Adds values with their counts, in any order. */
  void addAll(double[] values, long[] counts) {
    flush();
    for (int level = 0; level < Long.SIZE - 1; level++) {
      long bit = 1L << level;
      double[] run = new double[values.length];
      int size = 0;
      boolean more = false;
      for (int i = 0; i < values.length; i++) {
        if ((counts[i] & bit) != 0) {
          run[size++] = values[i];
        }
        more |= counts[i] > bit;
      }
      Arrays.sort(run, 0, size);
      mergeInto(level, run, size);
      n += size * bit;
      if (!more) {
        break;
      }
    }
    for (long count : counts) {
      seen += count;
    }
    for (double value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    compress();
  }

  void merge(QuantileSketch other) {
    flush();
    other.flush();
    for (int level = 0; level < other.levels.length; level++) {
      mergeInto(level, other.levels[level], other.levels[level].length);
    }
    n += other.n;
    seen += other.seen;
    thinned += other.thinned;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    compress();
  }

  /** Values taken in. */
  long n() {
    return n + buffered * weightOfBuffered() + blockFilled;
  }

  /**
   * Largest difference between stated and true rank at 99 % confidence, as a share. Choosing one of
   * eight adds a variance of at most 16 per block of eight.
   */
  double rankError() {
    double total = n();
    double thinning = total == 0 ? 0 : Z99 * Math.sqrt(2.0 * thinned) / total;
    return Math.sqrt(KLL_ERROR * KLL_ERROR + thinning * thinning);
  }

  /** The kept values in order with their weights, for many questions at once. */
  WeightedValues values() {
    flush();
    int size = 0;
    for (double[] level : levels) {
      size += level.length;
    }
    double[] values = new double[size];
    long[] weights = new long[size];
    int[] at = new int[levels.length];
    for (int i = 0; i < size; i++) {
      int lowest = -1;
      for (int level = 0; level < levels.length; level++) {
        if (at[level] < levels[level].length
            && (lowest < 0 || levels[level][at[level]] < levels[lowest][at[lowest]])) {
          lowest = level;
        }
      }
      values[i] = levels[lowest][at[lowest]++];
      weights[i] = 1L << lowest;
    }
    return new WeightedValues(values, weights);
  }

  byte[] toBytes() {
    flush();
    int count = levels.length;
    if (n == 0) {
      return new byte[] {2, 1, 15, 1, (byte) K, (byte) (K >> 8), M, 0};
    }
    int retained = retained();
    ByteBuffer image =
        ByteBuffer.allocate(20 + 4 * count + 8 * (retained + 2)).order(ByteOrder.LITTLE_ENDIAN);
    image.put((byte) 5).put((byte) 1).put((byte) 15).put((byte) 2);
    image.putShort((short) K).put((byte) M).put((byte) 0);
    image.putLong(n).putShort((short) K).put((byte) count).put((byte) 0);
    int offset = capacity() - retained;
    for (double[] level : levels) {
      image.putInt(offset);
      offset += level.length;
    }
    image.putDouble(min).putDouble(max);
    for (double[] level : levels) {
      for (double value : level) {
        image.putDouble(value);
      }
    }
    return image.array();
  }

  private void push(double value) {
    buffer[buffered++] = value;
    if (buffered == BUFFER) {
      flushBuffer();
    }
  }

  private void thinBlock() {
    blockFilled = 0;
    if (thinned == 0) {
      flushBuffer();
    }
    thinned += block.length;
    for (double value : block) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    push(block[(int) (nextRandom() >>> (Long.SIZE - THIN_BITS))]);
  }

  private long weightOfBuffered() {
    return thinned == 0 ? 1 : 1L << THIN_BITS;
  }

  private void flush() {
    flushBuffer();
    if (blockFilled > 0) {
      double[] rest = Arrays.copyOf(block, blockFilled);
      blockFilled = 0;
      long[] ones = new long[rest.length];
      Arrays.fill(ones, 1);
      addAll(rest, ones);
    }
  }

  private void flushBuffer() {
    if (buffered == 0) {
      return;
    }
    Arrays.sort(buffer, 0, buffered);
    min = Math.min(min, buffer[0]);
    max = Math.max(max, buffer[buffered - 1]);
    n += buffered * weightOfBuffered();
    int size = buffered;
    buffered = 0;
    mergeInto(thinned == 0 ? 0 : THIN_BITS, buffer, size);
    compress();
  }

  private void mergeInto(int level, double[] run, int size) {
    if (size == 0) {
      return;
    }
    if (level >= levels.length) {
      int before = levels.length;
      levels = Arrays.copyOf(levels, level + 1);
      Arrays.fill(levels, before, level + 1, NOTHING);
    }
    double[] old = levels[level];
    double[] merged = new double[old.length + size];
    int i = 0;
    int j = 0;
    for (int at = 0; at < merged.length; at++) {
      boolean fromOld = j == size || (i < old.length && old[i] <= run[j]);
      merged[at] = fromOld ? old[i++] : run[j++];
    }
    levels[level] = merged;
  }

  /** Halves the lowest full level until everything fits. */
  private void compress() {
    while (retained() > capacity()) {
      int level = 0;
      while (levels[level].length < capacity(level)) {
        level++;
      }
      halve(level);
    }
  }

  private void halve(int level) {
    double[] full = levels[level];
    int spare = full.length & 1;
    int first = spare + (int) (nextRandom() >>> (Long.SIZE - 1));
    double[] half = new double[full.length / 2];
    for (int i = 0; i < half.length; i++) {
      half[i] = full[first + 2 * i];
    }
    levels[level] = spare == 1 ? new double[] {full[0]} : NOTHING;
    mergeInto(level + 1, half, half.length);
  }

  private int retained() {
    int total = 0;
    for (double[] level : levels) {
      total += level.length;
    }
    return total;
  }

  private int capacity() {
    int total = 0;
    for (int level = 0; level < levels.length; level++) {
      total += capacity(level);
    }
    return total;
  }

  /** Capacities shrink by two thirds per level from the top, rounded as DataSketches does. */
  private int capacity(int level) {
    int depth = levels.length - level - 1;
    long shrunk = ((long) K << 1 << Math.min(depth, 30)) / THIRD_POWERS[Math.min(depth, 30)];
    return Math.max(M, (int) ((shrunk + 1) >>> 1));
  }

  private static final long[] THIRD_POWERS = thirdPowers();

  private static long[] thirdPowers() {
    long[] powers = new long[31];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 3;
    }
    return powers;
  }

  private long nextRandom() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return random * 0x2545F4914F6CDD1DL;
  }
}
