package io.profilemesh.core.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values in ascending order with positive weights: an empirical distribution. */
final class WeightedValues {

  private final double[] values;
  private final long[] upTo;
  private final long total;

  /** Takes ownership of both arrays. */
  WeightedValues(double[] ascending, long[] weights) {
    values = ascending;
    upTo = weights;
    long sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      upTo[i] = sum;
    }
    total = sum;
  }

  boolean isEmpty() {
    return total == 0;
  }

  /** The smallest value with at least that share of all weight at or below it. */
  double valueAt(double rank) {
    long needed = Math.max(1, (long) Math.ceil(rank * total));
    int at = Arrays.binarySearch(upTo, needed);
    return values[Math.min(at < 0 ? -at - 1 : at, values.length - 1)];
  }

  /** Weight of the values below a bound. */
  long weightBelow(double bound) {
    int low = 0;
    int high = values.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values[middle] < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : upTo[low - 1];
  }

  /** Values at the ranks every profile states, kept between the true extremes. */
  Quantiles quantiles(double min, double max, double rankError) {
    List<Double> found = new ArrayList<>();
    for (double rank : Quantiles.RANKS) {
      found.add(Math.max(min, Math.min(max, valueAt(rank))));
    }
    return new Quantiles(Quantiles.RANKS, found, rankError);
  }

  /** Bins of equal width between the true extremes; one bin when they are equal. */
  Histogram histogram(double min, double max, int bins, Quality quality) {
    if (min == max) {
      return new Histogram(List.of(min, max), List.of(total), quality);
    }
    List<Double> edges = new ArrayList<>(bins + 1);
    List<Long> counts = new ArrayList<>(bins);
    edges.add(min);
    long before = 0;
    for (int bin = 1; bin <= bins; bin++) {
      double share = (double) bin / bins;
      double edge = bin == bins ? max : min * (1 - share) + max * share;
      long below = bin == bins ? total : weightBelow(edge);
      edges.add(Math.max(edge, edges.get(bin - 1)));
      counts.add(below - before);
      before = below;
    }
    return new Histogram(edges, counts, quality);
  }
}
