package io.profilemesh.core.statistics;

import java.util.Arrays;

/** Statistics of sorted values, which a few odd ones cannot spoil. */
public final class OrderStatistics {

  /** Median of the absolute value of a standard normal variable, inverted. */
  private static final double MEDIAN_TO_SIGMA = 1.482602218505602;

  private static final double NORMAL_90 = 1.6448536269514722;
  private static final double NORMAL_95 = 1.959963984540054;

  private OrderStatistics() {}

  /** The median; of an even number of values the mean of the middle two. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return medianOfSorted(sorted, 0, sorted.length);
  }

  /** The median of a sorted range. */
  public static double medianOfSorted(double[] sorted, int from, int to) {
    if (from >= to) {
      throw new IllegalArgumentException("no values");
    }
    int middle = (from + to) >>> 1;
    return (to - from) % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The value at a rank between 0 and 1, by linear interpolation between order statistics. */
  public static double quantileOfSorted(double[] sorted, double rank) {
    double position = rank * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /**
   * The standard deviation that residuals around zero would have, were they normal: the largest of
   * what their absolute values say at the median (the MAD), at 90 % and at 95 %. A tail heavier
   * than the normal one therefore widens it, a single wild residual among many does not.
   */
  public static double scale(double[] residuals) {
    double[] sizes = new double[residuals.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(residuals[i]);
    }
    Arrays.sort(sizes);
    double middle = MEDIAN_TO_SIGMA * medianOfSorted(sizes, 0, sizes.length);
    double wide = quantileOfSorted(sizes, 0.90) / NORMAL_90;
    double widest = quantileOfSorted(sizes, 0.95) / NORMAL_95;
    return Math.max(middle, Math.max(wide, widest));
  }
}
