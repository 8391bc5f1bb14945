package io.profilemesh.core.statistics;

/** Critical values of Student's t distribution. */
public final class StudentT {

  /** Normal quantile that one value in 1,000 passes, on either side together. */
  public static final double ONE_IN_THOUSAND = 3.2905267314918945;

  private static final double LEAST_FREEDOM = 3;

  private StudentT() {}

  /**
   * The t quantile that belongs to a normal quantile, by the expansion in powers of 1/ν of
   * Abramowitz and Stegun 26.7.5 up to the fourth. Below three degrees of freedom the expansion
   * does not hold and the result is infinite: nothing is significant there.
   */
  public static double critical(double z, double freedom) {
    if (!(freedom >= LEAST_FREEDOM)) {
      return Double.POSITIVE_INFINITY;
    }
    double z2 = z * z;
    double g1 = z * (z2 + 1) / 4;
    double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
    double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
    return z + (g1 + (g2 + (g3 + g4 / freedom) / freedom) / freedom) / freedom;
  }
}
