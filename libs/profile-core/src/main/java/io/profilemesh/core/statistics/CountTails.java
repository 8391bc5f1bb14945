package io.profilemesh.core.statistics;

/** Probabilities of counts, exact where normal approximations are far off: for few and rare. */
public final class CountTails {

  private static final double NEGLIGIBLE = 1e-17;

  private CountTails() {}

  /**
   * Probability of a count at least as far from what was seen before, on its side, twice: {@code k}
   * of {@code n} values, when {@code seen} of {@code trials} earlier ones had the same. Beta
   * binomial with Jeffreys' prior, so that never seen in few trials is not taken for impossible.
   *
   * @param seen may be fractional, between 0 and {@code trials}
   */
  public static double twoSided(long k, long n, double seen, double trials) {
    if (n <= 0 || trials <= 0) {
      return 1;
    }
    double a = Math.max(0, Math.min(seen, trials)) + 0.5;
    double b = trials - Math.max(0, Math.min(seen, trials)) + 0.5;
    boolean many = k >= n * a / (a + b);
    // What is not so counts as well, so that one direction of adding up is enough.
    double tail = many ? atLeast(k, n, a, b) : atLeast(n - k, n, b, a);
    return Math.min(1, 2 * tail);
  }

  private static double atLeast(long k, long n, double a, double b) {
    double term = Math.exp(choose(n, k) + beta(k + a, n - k + b) - beta(a, b));
    double sum = term;
    for (long i = k; i < n && term > sum * NEGLIGIBLE; i++) {
      term *= (n - i) / (i + 1.0) * ((a + i) / (b + n - i - 1));
      sum += term;
    }
    return Math.min(1, sum);
  }

  private static double choose(long n, long k) {
    return GammaFunction.log(n + 1.0) - GammaFunction.log(k + 1.0) - GammaFunction.log(n - k + 1.0);
  }

  private static double beta(double a, double b) {
    return GammaFunction.log(a) + GammaFunction.log(b) - GammaFunction.log(a + b);
  }
}
