package io.profilemesh.core.statistics;

/**
 * Standard errors: how far a number may wander between two samples of an unchanged population.
 *
 * <p>All results are in the unit of the number, never negative, and infinite where a sample is too
 * small to say anything.
 */
public final class StandardErrors {

  private StandardErrors() {}

  /**
   * Of the difference of two means with unequal variances (Welch 1947): {@code sqrt(s1²/n1 +
   * s2²/n2)}.
   */
  public static double ofMeanDifference(double sd1, double n1, double sd2, double n2) {
    return n1 < 2 || n2 < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(sd1 * sd1 / n1 + sd2 * sd2 / n2);
  }

  /** Degrees of freedom of that difference (Welch and Satterthwaite); 1 when both spreads are 0. */
  public static double welchFreedom(double sd1, double n1, double sd2, double n2) {
    double first = sd1 * sd1 / n1;
    double second = sd2 * sd2 / n2;
    double bottom = first * first / (n1 - 1) + second * second / (n2 - 1);
    return bottom > 0 ? (first + second) * (first + second) / bottom : 1;
  }

  /**
   * Of the difference of two shares, pooled: {@code sqrt(p(1-p)(1/n1 + 1/n2))} with {@code p} the
   * share of both samples together.
   *
   * @param p1 share between 0 and 1
   * @param p2 share between 0 and 1
   */
  public static double ofShareDifference(double p1, double n1, double p2, double n2) {
    if (n1 < 1 || n2 < 1) {
      return Double.POSITIVE_INFINITY;
    }
    double pooled = (p1 * n1 + p2 * n2) / (n1 + n2);
    return Math.sqrt(Math.max(0, pooled * (1 - pooled)) * (1 / n1 + 1 / n2));
  }

  /**
   * Of a standard deviation: {@code s·sqrt((κ-1)/4n)} with the kurtosis {@code κ = 3 + 1.5·g²} that
   * a gamma distribution of skewness {@code g} has, so that skewed columns get the room they need
   * (3, the normal case, without skewness).
   */
  public static double ofStandardDeviation(double sd, double n, double skewness) {
    double kurtosis = 3 + 1.5 * skewness * skewness;
    return n < 2 ? Double.POSITIVE_INFINITY : sd * Math.sqrt((kurtosis - 1) / (4 * n));
  }

  /**
   * The largest standard deviation that values between two bounds can have around a known mean:
   * {@code sqrt((max-mean)(mean-min))} (Bhatia and Davis 2000).
   */
  public static double largestDeviation(double min, double mean, double max) {
    return Math.sqrt(Math.max(0, (max - mean) * (mean - min)));
  }
}
