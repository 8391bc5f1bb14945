package io.profilemesh.core.profile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * KLL quantile sketch (Karnin, Lang, Liberty 2016) of doubles with k = 200. Values at level i weigh
 * 2^i; a level that is full is sorted and every other value moves up. Seeded: the same values in
 * the same order give the same bytes. Of many values only one of 2, 4, 8, …, chosen by chance,
 * enters at that weight: {@value #THIN_EVERY} or so each time their number doubles. {@link
 * #rankError()} accounts for it.
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

  /** Adds an error of at most 0.9 % at 99 % confidence, whatever the number of values. */
  static final int THIN_EVERY = 1 << 13;

  private static final int MOST_THINNING = 10;
  private static final int BUFFER = 256;
  private static final double[] NOTHING = {};

  private final double[] buffer = new double[BUFFER];
  private int buffered;
  private double[] block = NOTHING;
  private int blockFilled;
  private double[][] levels = {NOTHING};
  private int[] sizes = new int[1];
  private double[] scratch = NOTHING;
  private long n;
  private long seen;

  /** Only one of two to this power enters. */
  private int thinning;

  private double thinningVariance;
  private long random;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  QuantileSketch(long seed) {
    random = ValueHash.ofLong(seed, 0x2545F4914F6CDD1DL);
  }

  void add(double value) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    take(value);
  }

  /** Adds values of an array. */
  void add(double[] values, int from, int to) {
    double least = min;
    double most = max;
    for (int i = from; i < to; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    min = least;
    max = most;
    int at = from;
    while (at < to) {
      int width = 1 << thinning;
      if (thinning > 0 && blockFilled == 0 && to - at >= width && !isThinningDue()) {
        push(values[at + chosen()]);
        thinningVariance += 0.25 * width * width;
        seen += width;
        at += width;
      } else {
        take(values[at++]);
      }
    }
  }

  private void take(double value) {
    if (blockFilled == 0 && isThinningDue()) {
      flushBuffer();
      thinning++;
      block = new double[1 << thinning];
    }
    seen++;
    if (thinning == 0) {
      push(value);
      return;
    }
    block[blockFilled++] = value;
    if (blockFilled == block.length) {
      blockFilled = 0;
      push(block[chosen()]);
      thinningVariance += 0.25 * block.length * block.length;
    }
  }

  private boolean isThinningDue() {
    return seen >> thinning >= 2 * THIN_EVERY && thinning < MOST_THINNING;
  }

  /** By chance, which value of a block enters. */
  private int chosen() {
    return (int) (nextRandom() >>> (Long.SIZE - thinning));
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
      mergeInto(level, other.levels[level], other.sizes[level]);
    }
    n += other.n;
    seen += other.seen;
    thinningVariance += other.thinningVariance;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    compress();
  }

  /** Values taken in. */
  long n() {
    return n + ((long) buffered << thinning) + blockFilled;
  }

  /**
   * Largest difference between stated and true rank at 99 % confidence, as a share. Choosing one of
   * w adds a variance of at most w² / 4 per block of w.
   */
  double rankError() {
    double total = n();
    double chance = total == 0 ? 0 : Z99 * Math.sqrt(thinningVariance) / total;
    return Math.sqrt(KLL_ERROR * KLL_ERROR + chance * chance);
  }

  /** The kept values in order with their weights, for many questions at once. */
  WeightedValues values() {
    flush();
    int size = retained();
    double[] values = new double[size];
    long[] weights = new long[size];
    int[] at = new int[levels.length];
    for (int i = 0; i < size; i++) {
      int lowest = -1;
      for (int level = 0; level < levels.length; level++) {
        if (at[level] < sizes[level]
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
    for (int size : sizes) {
      image.putInt(offset);
      offset += size;
    }
    image.putDouble(min).putDouble(max);
    for (int level = 0; level < count; level++) {
      for (int i = 0; i < sizes[level]; i++) {
        image.putDouble(levels[level][i]);
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

  private void flush() {
    flushBuffer();
    if (blockFilled > 0) {
      double[] rest = Arrays.copyOf(block, blockFilled);
      seen -= blockFilled;
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
    n += (long) buffered << thinning;
    int size = buffered;
    buffered = 0;
    mergeInto(thinning, buffer, size);
    compress();
  }

  /** Merges an ascending run into a level, from the end and in place. */
  private void mergeInto(int level, double[] run, int size) {
    if (size == 0) {
      return;
    }
    if (level >= levels.length) {
      int before = levels.length;
      levels = Arrays.copyOf(levels, level + 1);
      Arrays.fill(levels, before, level + 1, NOTHING);
      sizes = Arrays.copyOf(sizes, level + 1);
    }
    int i = sizes[level] - 1;
    int j = size - 1;
    int total = sizes[level] + size;
    double[] merged = levels[level];
    if (merged.length < total) {
      merged = Arrays.copyOf(merged, Math.max(total, 2 * merged.length));
      levels[level] = merged;
    }
    sizes[level] = total;
    for (int at = total - 1; j >= 0; at--) {
      merged[at] = i >= 0 && merged[i] > run[j] ? merged[i--] : run[j--];
    }
  }

  /** Halves the lowest full level until everything fits. */
  private void compress() {
    while (retained() > capacity()) {
      int level = 0;
      while (sizes[level] < capacity(level)) {
        level++;
      }
      halve(level);
    }
  }

  private void halve(int level) {
    double[] full = levels[level];
    int spare = sizes[level] & 1;
    int half = sizes[level] / 2;
    int first = spare + (int) (nextRandom() >>> (Long.SIZE - 1));
    if (scratch.length < half) {
      scratch = new double[2 * half];
    }
    for (int i = 0; i < half; i++) {
      scratch[i] = full[first + 2 * i];
    }
    sizes[level] = spare;
    mergeInto(level + 1, scratch, half);
  }

  private int retained() {
    int total = 0;
    for (int size : sizes) {
      total += size;
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
