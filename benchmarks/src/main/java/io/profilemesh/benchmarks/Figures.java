package io.profilemesh.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Order statistics of measured values. */
public final class Figures {

  private Figures() {}

  public static double median(List<Double> values) {
    return quantile(values, 0.5);
  }

  /** The value below which the share {@code rank} of the values lies, by linear interpolation. */
  public static double quantile(List<Double> values, double rank) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    double position = rank * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** Rounded to three decimals, for people. */
  public static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  public static List<Double> rounded(double... values) {
    return Arrays.stream(values).map(Figures::rounded).boxed().toList();
  }
}
