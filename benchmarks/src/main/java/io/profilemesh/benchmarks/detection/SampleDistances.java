package io.profilemesh.benchmarks.detection;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Distances between two samples, as the rules that others use compute them from the rows. */
final class SampleDistances {

  private static final int BINS = 10;
  private static final double EMPTY = 1e-4;

  private SampleDistances() {}

  /** Asymptotic probability of the Kolmogorov-Smirnov distance of two sorted samples. */
  static double kolmogorovSmirnovProbability(double[] first, double[] second) {
    double distance = 0;
    int i = 0;
    int j = 0;
    while (i < first.length && j < second.length) {
      double value = Math.min(first[i], second[j]);
      while (i < first.length && first[i] == value) {
        i++;
      }
      while (j < second.length && second[j] == value) {
        j++;
      }
      distance =
          Math.max(distance, Math.abs((double) i / first.length - (double) j / second.length));
    }
    double n = (double) first.length * second.length / (first.length + second.length);
    double lambda = distance * Math.sqrt(n);
    if (lambda < 0.2) {
      return 1;
    }
    double sum = 0;
    for (int k = 1; k <= 100; k++) {
      sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * lambda * lambda);
    }
    return Math.max(0, Math.min(1, sum));
  }

  /** Wasserstein distance of two sorted samples over the standard deviation of the first. */
  static double wassersteinOverDeviation(double[] first, double[] second) {
    int steps = Math.max(first.length, second.length);
    double area = 0;
    for (int i = 0; i < steps; i++) {
      double rank = (i + 0.5) / steps;
      area += Math.abs(at(first, rank) - at(second, rank));
    }
    double mean = Arrays.stream(first).average().orElse(0);
    double variance = Arrays.stream(first).map(value -> (value - mean) * (value - mean)).sum();
    double deviation = Math.sqrt(variance / Math.max(1, first.length - 1));
    return area / steps / Math.max(deviation, 1e-3);
  }

  /** Population stability index by the deciles of the first sample. */
  static double stability(double[] first, double[] second) {
    double[] edges = new double[BINS - 1];
    Arrays.setAll(edges, i -> at(first, (i + 1.0) / BINS));
    return stabilityOfShares(binned(first, edges), binned(second, edges));
  }

  /** Jensen-Shannon distance, natural logarithm, by the deciles of the first sample. */
  static double jensenShannon(double[] first, double[] second) {
    double[] edges = new double[BINS - 1];
    Arrays.setAll(edges, i -> at(first, (i + 1.0) / BINS));
    return jensenShannonOfShares(binned(first, edges), binned(second, edges));
  }

  static double stability(Map<String, Double> first, Map<String, Double> second) {
    Set<String> keys = keys(first, second);
    return stabilityOfShares(shares(first, keys), shares(second, keys));
  }

  static double jensenShannon(Map<String, Double> first, Map<String, Double> second) {
    Set<String> keys = keys(first, second);
    return jensenShannonOfShares(shares(first, keys), shares(second, keys));
  }

  private static double stabilityOfShares(double[] first, double[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      double p = Math.max(EMPTY, first[i]);
      double q = Math.max(EMPTY, second[i]);
      sum += (p - q) * Math.log(p / q);
    }
    return sum;
  }

  private static double jensenShannonOfShares(double[] first, double[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      double middle = (first[i] + second[i]) / 2;
      sum += term(first[i], middle) + term(second[i], middle);
    }
    return Math.sqrt(Math.max(0, sum / 2));
  }

  private static double term(double share, double middle) {
    return share > 0 ? share * Math.log(share / middle) : 0;
  }

  private static double at(double[] sorted, double rank) {
    return sorted[Math.min(sorted.length - 1, (int) (rank * sorted.length))];
  }

  private static double[] binned(double[] sorted, double[] edges) {
    double[] shares = new double[edges.length + 1];
    for (double value : sorted) {
      int bin = 0;
      while (bin < edges.length && value > edges[bin]) {
        bin++;
      }
      shares[bin] += 1.0 / sorted.length;
    }
    return shares;
  }

  private static Set<String> keys(Map<String, Double> first, Map<String, Double> second) {
    Set<String> keys = new HashSet<>(first.keySet());
    keys.addAll(second.keySet());
    return keys;
  }

  private static double[] shares(Map<String, Double> shares, Set<String> keys) {
    return keys.stream().mapToDouble(key -> shares.getOrDefault(key, 0.0)).toArray();
  }
}
