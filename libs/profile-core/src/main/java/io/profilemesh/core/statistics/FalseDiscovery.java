package io.profilemesh.core.statistics;

import java.util.Arrays;

/**
 * Control of the false discovery rate among several tests: Benjamini and Hochberg, Journal of the
 * Royal Statistical Society B 57, 1995.
 */
public final class FalseDiscovery {

  private FalseDiscovery() {}

  /**
   * The largest probability that still counts as a discovery: of the sorted probabilities the
   * largest {@code p(i)} with {@code p(i) <= i·q/m} gives {@code i·q/m}. Without a discovery {@code
   * q/m}, which none reaches.
   *
   * @param probabilities one of each test, between 0 and 1
   * @param rate bearable share of false ones among the discoveries
   */
  public static double threshold(double[] probabilities, double rate) {
    double[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    for (int i = sorted.length; i >= 1; i--) {
      if (sorted[i - 1] <= i * rate / sorted.length) {
        return i * rate / sorted.length;
      }
    }
    return rate / Math.max(1, sorted.length);
  }

  /**
   * The probabilities after correction: the smallest rate at which each would be a discovery, never
   * above 1 and in the order of the tests.
   */
  public static double[] corrected(double[] probabilities) {
    Integer[] order = new Integer[probabilities.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(probabilities[a], probabilities[b]));
    double[] corrected = new double[probabilities.length];
    double least = 1;
    for (int i = order.length; i >= 1; i--) {
      least = Math.min(least, probabilities[order[i - 1]] * order.length / i);
      corrected[order[i - 1]] = least;
    }
    return corrected;
  }
}
