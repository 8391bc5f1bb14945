package io.profilemesh.core.statistics;

import org.jspecify.annotations.Nullable;

/**
 * A straight line through points by least squares, fitted a second time without the points that lie
 * farthest from the first fit.
 *
 * @param slope 0 when the points have no width
 * @param centre mean of the abscissae
 * @param width sum of squared deviations of the abscissae
 */
public record Line(double slope, double intercept, double centre, double width) {

  /** Residuals beyond so many scales are left out of the second fit. */
  private static final double FAR = 3;

  /** The line through points given by abscissa and ordinate; at least three. */
  public static Line through(double[] x, double[] y) {
    Line first = fit(x, y, null, 0);
    double[] residuals = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      residuals[i] = y[i] - first.at(x[i]);
    }
    double scale = OrderStatistics.scale(residuals);
    return scale > 0 ? fit(x, y, residuals, FAR * scale) : first;
  }

  public double at(double x) {
    return intercept + slope * x;
  }

  /**
   * How much farther a prediction at {@code x} may be off than one at the centre, as a factor:
   * {@code sqrt(1 + 1/n + (x-centre)²/width)}.
   */
  public double leverage(double x, int n) {
    double away = width > 0 ? (x - centre) * (x - centre) / width : 0;
    return Math.sqrt(1 + 1.0 / n + away);
  }

  private static Line fit(double[] x, double[] y, double @Nullable [] residuals, double most) {
    double n = 0;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      if (residuals == null || Math.abs(residuals[i]) <= most) {
        n++;
        meanX += (x[i] - meanX) / n;
        meanY += (y[i] - meanY) / n;
      }
    }
    double squares = 0;
    double products = 0;
    for (int i = 0; i < x.length; i++) {
      if (residuals == null || Math.abs(residuals[i]) <= most) {
        squares += (x[i] - meanX) * (x[i] - meanX);
        products += (x[i] - meanX) * (y[i] - meanY);
      }
    }
    double slope = squares > 0 ? products / squares : 0;
    return new Line(slope, meanY - slope * meanX, meanX, squares);
  }
}
