package io.profilemesh.core.profile;

import org.jspecify.annotations.Nullable;

/**
 * Value of a metric.
 *
 * @param number the value; null where it is a text. Never NaN or infinite
 * @param text the value where it is a text, or exact decimal digits a double cannot hold
 * @param quality how it was obtained
 * @param lower lower bound of the true value, null when exact
 * @param upper upper bound of the true value, null when exact
 */
public record MetricValue(
    @Nullable Double number,
    @Nullable String text,
    Quality quality,
    @Nullable Double lower,
    @Nullable Double upper) {

  public MetricValue {
    if (number == null && text == null) {
      throw new IllegalArgumentException("a metric value is a number or a text");
    }
    if (number != null && !Double.isFinite(number)) {
      throw new IllegalArgumentException("a metric value is finite");
    }
  }

  /** An exact number. */
  public static MetricValue exact(double number) {
    return new MetricValue(number, null, Quality.EXACT, null, null);
  }

  /** An exact number with the decimal digits a double cannot hold. */
  public static MetricValue exact(double number, @Nullable String digits) {
    return new MetricValue(number, digits, Quality.EXACT, null, null);
  }

  /** An exact text. */
  public static MetricValue text(String text) {
    return new MetricValue(null, text, Quality.EXACT, null, null);
  }

  /** A number from a sketch, between bounds. */
  public static MetricValue approximate(double number, double lower, double upper) {
    return new MetricValue(number, null, Quality.APPROXIMATE, lower, upper);
  }
}
