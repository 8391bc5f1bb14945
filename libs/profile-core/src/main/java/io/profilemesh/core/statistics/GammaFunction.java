package io.profilemesh.core.statistics;

/** The gamma function and its incomplete relatives, from which tails of counts follow. */
public final class GammaFunction {

  private static final int MOST_STEPS = 10_000;
  private static final double PRECISION = 1e-15;
  private static final double TINY = 1e-300;

  /** By twice the argument: tails of t ask for these again and again. */
  private static final double[] OF_HALVES = ofHalves();

  private GammaFunction() {}

  /** Logarithm of the gamma function by Stirling's series, after the argument is moved above 10. */
  public static double log(double x) {
    int halves = (int) (2 * x);
    return halves == 2 * x && halves > 0 && halves < OF_HALVES.length
        ? OF_HALVES[halves]
        : computed(x);
  }

  private static double[] ofHalves() {
    double[] logarithms = new double[128];
    for (int halves = 1; halves < logarithms.length; halves++) {
      logarithms[halves] = computed(halves / 2.0);
    }
    return logarithms;
  }

  private static double computed(double x) {
    double shift = 0;
    double z = x;
    while (z < 10) {
      shift += Math.log(z);
      z++;
    }
    double z2 = z * z;
    double series = (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / (1680 * z2)) / z2) / z2) / z;
    return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
  }

  /**
   * The regularized upper incomplete gamma function {@code Q(a, x)}: by its series where {@code x <
   * a + 1} (Abramowitz and Stegun 6.5.29), else by its continued fraction (6.5.31).
   *
   * @param a above 0
   * @param x at least 0
   */
  public static double upper(double a, double x) {
    if (x <= 0) {
      return 1;
    }
    double front = Math.exp(a * Math.log(x) - x - log(a));
    return x < a + 1 ? 1 - front * series(a, x) : front * fraction(a, x);
  }

  private static double series(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int i = 1; i <= MOST_STEPS && term > sum * PRECISION; i++) {
      term *= x / (a + i);
      sum += term;
    }
    return sum;
  }

  private static double fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double result = d;
    for (int i = 1; i <= MOST_STEPS; i++) {
      double an = -i * (i - a);
      b += 2;
      d = 1 / notZero(an * d + b);
      c = notZero(b + an / c);
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
