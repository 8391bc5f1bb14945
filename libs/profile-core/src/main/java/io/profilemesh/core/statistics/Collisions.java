package io.profilemesh.core.statistics;

/** Repeated values among draws that are thought to be unique. */
public final class Collisions {

  /** Poisson mean that gives no collision at all once in 1,000 times: -ln(0.001). */
  private static final double NONE_IN_THOUSAND = 6.907755278982137;

  private Collisions() {}

  /**
   * How many repeats among {@code n2} values chance may explain, when {@code n1} values of the same
   * population had none.
   *
   * <p>Among n draws from d equally likely values about {@code n²/2d} repeat (the birthday
   * problem), Poisson distributed. No repeat among n1 leaves, at 99.9 %, at most 6.9 expected ones,
   * hence {@code λ = 6.9·(n2/n1)²} among n2; the bound is {@code λ + 3.29·sqrt(λ)}.
   */
  public static double plausible(double n1, double n2) {
    if (n1 < 1) {
      return Double.POSITIVE_INFINITY;
    }
    double ratio = n2 / n1;
    double expected = NONE_IN_THOUSAND * ratio * ratio;
    return expected + StudentT.ONE_IN_THOUSAND * Math.sqrt(expected);
  }
}
