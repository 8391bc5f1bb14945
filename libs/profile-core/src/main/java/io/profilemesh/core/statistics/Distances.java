package io.profilemesh.core.statistics;

/** Distances between two distributions, each given in the few numbers that a profile keeps. */
public final class Distances {

  private static final double LN_2 = Math.log(2);

  /** Stands in for an empty class, so that the index stays finite. */
  private static final double EMPTY_SHARE = 1e-4;

  private Distances() {}

  /**
   * Wasserstein distance of order 1 between two distributions given at the same ranks: the area
   * between the two quantile functions, by the trapezoidal rule between the outermost ranks. In the
   * unit of the values.
   *
   * @param ranks ascending, at least two
   */
  public static double wasserstein(double[] ranks, double[] first, double[] second) {
    double area = 0;
    for (int i = 1; i < ranks.length; i++) {
      double left = first[i - 1] - second[i - 1];
      double right = first[i] - second[i];
      double width = ranks[i] - ranks[i - 1];
      boolean crosses = left * right < 0;
      double mean =
          crosses
              ? (left * left + right * right) / (2 * (Math.abs(left) + Math.abs(right)))
              : (Math.abs(left) + Math.abs(right)) / 2;
      area += width * mean;
    }
    return area / (ranks[ranks.length - 1] - ranks[0]);
  }

  /**
   * Kolmogorov-Smirnov distance between two distributions given at the same ranks: the largest
   * difference of their cumulative shares, looked for at the values of both.
   */
  public static double kolmogorovSmirnov(double[] ranks, double[] first, double[] second) {
    double largest = 0;
    for (int i = 0; i < ranks.length; i++) {
      largest = Math.max(largest, distanceFrom(ranks[i], second, first[i], ranks));
      largest = Math.max(largest, distanceFrom(ranks[i], first, second[i], ranks));
    }
    return largest;
  }

  /**
   * The Kolmogorov-Smirnov distance that two samples of one distribution exceed with probability
   * {@code alpha}: {@code sqrt(-ln(alpha/2)/2) · sqrt((n+m)/(n·m))} (Smirnov 1948), plus the rank
   * errors of both sketches, which chance has nothing to do with.
   */
  public static double kolmogorovSmirnovCritical(
      double alpha, double n, double m, double firstRankError, double secondRankError) {
    return Math.sqrt(-Math.log(alpha / 2) / 2) * Math.sqrt((n + m) / (n * m))
        + firstRankError
        + secondRankError;
  }

  /**
   * Population stability index over classes: the sum of {@code (p-q)·ln(p/q)}; empty classes count
   * as 0.0001.
   */
  public static double populationStability(double[] first, double[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      double p = Math.max(EMPTY_SHARE, first[i]);
      double q = Math.max(EMPTY_SHARE, second[i]);
      sum += (p - q) * Math.log(p / q);
    }
    return sum;
  }

  /**
   * The same of two distributions given at the same ranks: the classes lie between the quantiles of
   * the first.
   *
   * @param ranks ascending
   */
  public static double populationStability(double[] ranks, double[] first, double[] second) {
    double[] before = new double[ranks.length + 1];
    double[] now = new double[ranks.length + 1];
    double below = 0;
    double belowNow = 0;
    for (int i = 0; i < ranks.length; i++) {
      boolean again = i + 1 < ranks.length && first[i + 1] == first[i];
      if (!again) {
        double rank = inside(first[i], second, ranks);
        before[i] = ranks[i] - below;
        now[i] = Math.max(0, rank - belowNow);
        below = ranks[i];
        belowNow = Math.max(belowNow, rank);
      }
    }
    before[ranks.length] = 1 - below;
    now[ranks.length] = 1 - belowNow;
    return populationStability(before, now);
  }

  /** The share of values that are at most so large; half of what is left outside of the grid. */
  private static double inside(double value, double[] quantiles, double[] ranks) {
    int last = ranks.length - 1;
    if (value < quantiles[0]) {
      return ranks[0] / 2;
    }
    if (value >= quantiles[last]) {
      return value == quantiles[last] ? ranks[last] : (ranks[last] + 1) / 2;
    }
    return rankOf(quantiles, ranks, value, true);
  }

  /**
   * Jensen-Shannon distance, the square root of the divergence to base 2: 0 for equal shares, 1 for
   * shares without a common class.
   */
  public static double jensenShannon(double[] first, double[] second) {
    double divergence = 0;
    for (int i = 0; i < first.length; i++) {
      double middle = (first[i] + second[i]) / 2;
      divergence += term(first[i], middle) + term(second[i], middle);
    }
    return Math.sqrt(Math.max(0, divergence / (2 * LN_2)));
  }

  /**
   * Effect size of two shares (Cohen's h): {@code |2·asin(sqrt(p)) - 2·asin(sqrt(q))|}, on the
   * scale of standard deviations.
   */
  public static double cohensH(double first, double second) {
    return Math.abs(2 * Math.asin(Math.sqrt(first)) - 2 * Math.asin(Math.sqrt(second)));
  }

  private static double term(double share, double middle) {
    return share > 0 ? share * Math.log(share / middle) : 0;
  }

  /** How far a rank is from the ranks that a value may have in a distribution. */
  private static double distanceFrom(
      double rank, double[] quantiles, double value, double[] ranks) {
    double low = rankOf(quantiles, ranks, value, false);
    double high = rankOf(quantiles, ranks, value, true);
    return Math.max(0, Math.max(low - rank, rank - high));
  }

  /** The least or largest rank of a value; outside the grid nothing is known but its end. */
  private static double rankOf(double[] quantiles, double[] ranks, double value, boolean largest) {
    int last = ranks.length - 1;
    if (largest ? value < quantiles[0] : value <= quantiles[0]) {
      return largest ? ranks[0] : 0;
    }
    if (largest ? value >= quantiles[last] : value > quantiles[last]) {
      return largest ? 1 : ranks[last];
    }
    int i = 1;
    while (largest ? quantiles[i] <= value : quantiles[i] < value) {
      i++;
    }
    double width = quantiles[i] - quantiles[i - 1];
    double part = width > 0 ? (value - quantiles[i - 1]) / width : largest ? 1 : 0;
    return ranks[i - 1] + part * (ranks[i] - ranks[i - 1]);
  }
}
