package io.profilemesh.core.drift;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The nearest of what is usual, of what people said is normal, and of all between the two. */
final class NearestNormal {

  private static final int STEPS = 10;

  private NearestNormal() {}

  /**
   * What a run is measured from.
   *
   * @param normal each as long as {@code usual}
   * @param distance of the run from such numbers
   * @return {@code usual} itself, or another array
   */
  static double[] of(double[] usual, List<double[]> normal, ToDoubleFunction<double[]> distance) {
    double[] nearest = usual;
    double least = distance.applyAsDouble(usual);
    for (double[] one : normal) {
      for (int step = 1; step <= STEPS; step++) {
        double[] between = between(usual, one, (double) step / STEPS);
        double away = distance.applyAsDouble(between);
        if (away < least) {
          least = away;
          nearest = between;
        }
      }
    }
    return nearest;
  }

  private static double[] between(double[] from, double[] to, double share) {
    double[] between = new double[from.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = from[i] + share * (to[i] - from[i]);
    }
    return between;
  }
}
