package io.profilemesh.core.profile;

import org.jspecify.annotations.Nullable;

/**
 * Mean, variance and skewness of doubles in one pass. Values are summed in blocks as differences
 * from a running mean, which loses no digits to a far-off mean, and blocks are folded together by
 * the formulas of Pébay (SAND2008-6212). Values beyond 2^300 are kept apart and scaled, so that no
 * power of them overflows. Takes finite values only. Not safe for several threads.
 */
final class Moments {

  private static final int BLOCK = 512;
  private static final double HUGE = 0x1p300;
  private static final int SCALE = 724;

  private long folded;
  private double mean;
  private double squares;
  private double cubes;

  private double shift;
  private int pending;
  private double sum1;
  private double sum2;
  private double sum3;

  private @Nullable Moments huge;

  void add(double value) {
    if (Math.abs(value) > HUGE) {
      addHuge(value);
      return;
    }
    if (pending == 0) {
      shift = folded == 0 ? value : mean;
    }
    double delta = value - shift;
    double square = delta * delta;
    sum1 += delta;
    sum2 += square;
    sum3 += square * delta;
    if (++pending == BLOCK) {
      foldBlock();
    }
  }

  /** Adds the first values of an array, with the same result as one by one. */
  void add(double[] values, int n) {
    boolean ordinary = true;
    for (int i = 0; i < n; i++) {
      ordinary &= Math.abs(values[i]) <= HUGE;
    }
    int at = 0;
    while (ordinary && at < n) {
      if (pending == 0) {
        shift = folded == 0 ? values[at] : mean;
      }
      int end = Math.min(n, at + BLOCK - pending);
      pending += end - at;
      double s1 = sum1;
      double s2 = sum2;
      double s3 = sum3;
      for (; at < end; at++) {
        double delta = values[at] - shift;
        double square = delta * delta;
        s1 += delta;
        s2 += square;
        s3 += square * delta;
      }
      sum1 = s1;
      sum2 = s2;
      sum3 = s3;
      if (pending == BLOCK) {
        foldBlock();
      }
    }
    for (; at < n; at++) {
      add(values[at]);
    }
  }

  void merge(Moments other) {
    foldBlock();
    other.foldBlock();
    fold(other.folded, other.mean, other.squares, other.cubes);
    if (other.huge != null) {
      if (huge == null) {
        huge = new Moments();
      }
      huge.merge(other.huge);
    }
  }

  /** What was added, as plain numbers; scaled down by a power of two where values are huge. */
  Result result() {
    foldBlock();
    if (huge == null) {
      return new Result(folded, mean, squares, cubes, 0);
    }
    Moments all = new Moments();
    all.fold(
        folded,
        Math.scalb(mean, -SCALE),
        Math.scalb(squares, -2 * SCALE),
        Math.scalb(cubes, -3 * SCALE));
    huge.foldBlock();
    all.fold(huge.folded, huge.mean, huge.squares, huge.cubes);
    return new Result(all.folded, all.mean, all.squares, all.cubes, SCALE);
  }

  private void addHuge(double value) {
    if (huge == null) {
      huge = new Moments();
    }
    huge.add(Math.scalb(value, -SCALE));
  }

  private void foldBlock() {
    if (pending == 0) {
      return;
    }
    double n = pending;
    double offset = sum1 / n;
    double m2 = sum2 - sum1 * offset;
    double m3 = sum3 - 3 * offset * sum2 + 2 * offset * offset * sum1;
    double blockMean = shift + offset;
    int count = pending;
    pending = 0;
    sum1 = 0;
    sum2 = 0;
    sum3 = 0;
    fold(count, blockMean, Math.max(0, m2), m3);
  }

  private void fold(long count, double otherMean, double otherSquares, double otherCubes) {
    if (count == 0) {
      return;
    }
    if (folded == 0) {
      folded = count;
      mean = otherMean;
      squares = otherSquares;
      cubes = otherCubes;
      return;
    }
    double a = folded;
    double b = count;
    double n = a + b;
    double delta = otherMean - mean;
    cubes +=
        otherCubes
            + delta * delta * delta * a * b / n * ((a - b) / n)
            + 3 * delta * (a * otherSquares - b * squares) / n;
    squares += otherSquares + delta * delta * a * b / n;
    mean += delta * b / n;
    folded += count;
  }

  /**
   * Moments of a set of values.
   *
   * @param squares sum of squared differences from the mean
   * @param cubes sum of cubed differences from the mean
   * @param scale values were divided by 2 to this power
   */
  record Result(long n, double mean, double squares, double cubes, int scale) {

    double trueMean() {
      return Math.scalb(mean, scale);
    }

    /** Infinite when a double cannot hold it. */
    double sum() {
      return Math.scalb(mean * n, scale);
    }

    /** Of a sample, with n - 1; NaN below two values. */
    double standardDeviation() {
      return n < 2 ? Double.NaN : Math.scalb(Math.sqrt(squares / (n - 1)), scale);
    }

    /** Third standardised moment; NaN where there is no spread. */
    double skewness() {
      double variance = squares / n;
      return n < 2 || !(variance > 0) ? Double.NaN : cubes / n / Math.pow(variance, 1.5);
    }
  }
}
