package io.profilemesh.core.statistics;

/** Critical values and tails of Student's t distribution. */
public final class StudentT {

  /** Normal quantile that one value in 1,000 passes, on either side together. */
  public static final double ONE_IN_THOUSAND = 3.2905267314918945;

  private static final double LEAST_FREEDOM = 3;
  private static final int MOST_STEPS = 500;
  private static final double PRECISION = 1e-15;
  private static final double TINY = 1e-300;

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

  /**
   * Probability of a value at least as far from zero, on either side: the regularized incomplete
   * beta function {@code I(ν/(ν+t²); ν/2, 1/2)}, by its continued fraction (Abramowitz and Stegun
   * 26.5.8, evaluated by the method of Lentz).
   *
   * @param freedom at least 1
   */
  public static double twoSided(double t, double freedom) {
    if (Double.isInfinite(t)) {
      return 0;
    }
    double x = freedom / (freedom + t * t);
    return incompleteBeta(freedom / 2, 0.5, x);
  }

  /**
   * The normal quantile of a probability, by the rational approximation of Abramowitz and Stegun
   * 26.2.23: off by at most 4.5e-4.
   */
  public static double normalQuantile(double probability) {
    if (probability < 0.5) {
      return -normalQuantile(1 - probability);
    }
    if (probability >= 1) {
      return Double.POSITIVE_INFINITY;
    }
    double t = Math.sqrt(-2 * Math.log(1 - probability));
    double top = 2.515517 + t * (0.802853 + t * 0.010328);
    double bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    return t - top / bottom;
  }

  private static double incompleteBeta(double a, double b, double x) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    double front =
        Math.exp(
            GammaFunction.log(a + b)
                - GammaFunction.log(a)
                - GammaFunction.log(b)
                + a * Math.log(x)
                + b * Math.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(a, b, x) / a
        : 1 - front * fraction(b, a, 1 - x) / b;
  }

  private static double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / notZero(1 - (a + b) * x / (a + 1));
    double result = d;
    for (int m = 1; m <= MOST_STEPS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / notZero(1 + even * d);
      c = notZero(1 + even / c);
      result *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / notZero(1 + odd * d);
      c = notZero(1 + odd / c);
      result *= d * c;
      if (Math.abs(d * c - 1) < PRECISION) {
        break;
      }
    }
    return result;
  }

  private static double notZero(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }
}
