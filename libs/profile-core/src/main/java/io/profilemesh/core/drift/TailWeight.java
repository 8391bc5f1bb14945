package io.profilemesh.core.drift;

import io.profilemesh.core.statistics.StudentT;

/**
 * How heavy the tail of some errors is, in degrees of freedom of Student's t distribution: the most
 * at which an error as large as the third largest is nothing special among so many. Two odd runs
 * are forgiven; a number that jumps time and again has a heavy tail.
 */
final class TailWeight {

  private static final int FEWEST = 15;
  private static final int FORGIVEN = 2;

  /** Three errors at least so large are then no rarer than one time in 20. */
  private static final double LEAST_EXPECTED = 0.8;

  private static final double[] FREEDOMS = {30, 20, 14, 10, 7, 5, 4, 3, 2};

  private TailWeight() {}

  /** An error of so many scales is nothing special among 15. */
  private static final double PLAIN = 1.9;

  /**
   * The degrees of freedom, 30 at most.
   *
   * @param count of the errors; what stands behind them is none
   * @param scale of the errors; 0: nothing is known of their tail
   */
  static double freedom(double[] errors, int count, double scale) {
    if (count < FEWEST || scale == 0) {
      return FREEDOMS[0];
    }
    double large = largeOnes(errors, count)[FORGIVEN] / scale;
    if (large <= PLAIN) {
      return FREEDOMS[0];
    }
    for (double freedom : FREEDOMS) {
      if (StudentT.twoSided(large, freedom) * count >= LEAST_EXPECTED) {
        return freedom;
      }
    }
    return FREEDOMS[FREEDOMS.length - 1];
  }

  /** The largest sizes, in descending order. */
  private static double[] largeOnes(double[] errors, int count) {
    double[] large = new double[FORGIVEN + 1];
    for (int place = 0; place < count; place++) {
      double size = Math.abs(errors[place]);
      for (int i = 0; i < large.length; i++) {
        if (size > large[i]) {
          double smaller = large[i];
          large[i] = size;
          size = smaller;
        }
      }
    }
    return large;
  }
}
