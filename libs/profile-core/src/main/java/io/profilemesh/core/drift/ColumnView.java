package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricNumbers;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quality;
import java.time.Instant;

/**
 * A column of one run, as the comparisons look at it.
 *
 * @param rows rows of the table in that run
 * @param at place of the run in time
 */
record ColumnView(ColumnProfile profile, long rows, Instant at) {

  /** A running number has at most this many numbers left out for each one used. */
  private static final double MOST_GAPS = 10;

  /** A gapless number uses all but one in a hundred. */
  private static final double FEW_GAPS = 1.01;

  private static final int MOST_BOUNDED = 50;
  private static final int REPEATS = 20;
  private static final double FEW = 3;
  private static final double ROUNDING = 0.1;

  ColumnType type() {
    return profile.column().type();
  }

  boolean has(Metric metric) {
    return profile.number(metric).isPresent();
  }

  /**
   * The number of a metric that the column has.
   *
   * @throws java.util.NoSuchElementException when it has not: ask {@link #has} first
   */
  double number(Metric metric) {
    return profile.number(metric).orElseThrow();
  }

  double numberOr(Metric metric, double otherwise) {
    if (profile.metrics() instanceof MetricNumbers numbers) {
      return numbers.numberOr(metric, otherwise);
    }
    return profile.number(metric).orElse(otherwise);
  }

  /** Values that are not null. */
  double values() {
    return Math.max(0, rows - numberOr(Metric.NULL_COUNT, 0));
  }

  /** Largest distance of a number from the truth, by the bounds that the profile states. */
  double error(Metric metric) {
    if (profile.metrics() instanceof MetricNumbers numbers) {
      if (!numbers.has(metric)) {
        return 0;
      }
      double number = numbers.numberOr(metric, 0);
      double error = Math.max(number - numbers.lower(metric), numbers.upper(metric) - number);
      return Double.isNaN(error) ? 0 : Math.max(0, error);
    }
    MetricValue value = profile.metrics().get(metric);
    if (value == null || value.number() == null || value.lower() == null || value.upper() == null) {
      return 0;
    }
    return Math.max(0, Math.max(value.number() - value.lower(), value.upper() - value.number()));
  }

  /** Whether a metric is exact or says how far off it may be. */
  boolean isBounded(Metric metric) {
    if (profile.metrics() instanceof MetricNumbers numbers) {
      return !numbers.has(metric)
          || numbers.isExact(metric)
          || !Double.isNaN(numbers.lower(metric) + numbers.upper(metric));
    }
    MetricValue value = profile.metrics().get(metric);
    return value == null
        || value.quality() == Quality.EXACT
        || (value.lower() != null && value.upper() != null);
  }

  boolean isExact(Metric metric) {
    if (profile.metrics() instanceof MetricNumbers numbers) {
      return numbers.isExact(metric);
    }
    MetricValue value = profile.metrics().get(metric);
    return value != null && value.quality() == Quality.EXACT;
  }

  /**
   * Whether the numbers look like a running number: whole, none repeated, few left out. Their mean
   * and deviation follow from how many rows there are and say nothing more.
   */
  boolean isRunningNumber() {
    return isDense()
        && has(Metric.DISTINCT_COUNT)
        && number(Metric.DISTINCT_COUNT) + error(Metric.DISTINCT_COUNT) >= values();
  }

  /**
   * Whether a running number leaves out so few that none can be repeated to speak of, whatever the
   * error of the distinct count.
   */
  boolean isGaplessNumber() {
    return isRunningNumber() && wholeNumbers() <= FEW_GAPS * values();
  }

  /** Whether whole numbers fill a good part of their range. */
  boolean isDense() {
    return type() == ColumnType.INTEGER && hasRange() && wholeNumbers() < MOST_GAPS * values();
  }

  /** Whether numbers look bounded, such as ratings: few distinct ones, each seen many times. */
  boolean looksBounded() {
    return type().isNumeric()
        && hasRange()
        && isExact(Metric.DISTINCT_COUNT)
        && number(Metric.DISTINCT_COUNT) <= MOST_BOUNDED
        && values() >= REPEATS * number(Metric.DISTINCT_COUNT)
        && !hasLonelyValues();
  }

  /** Whether some of few distinct values occur only once or twice, as far as that is known. */
  private boolean hasLonelyValues() {
    FrequentValues frequent = profile.frequentValues();
    if (frequent == null || frequent.total() <= 0) {
      return false;
    }
    double listed = 0;
    for (FrequentValues.FrequentValue value : frequent.values()) {
      double share = (double) value.count() / frequent.total();
      if (share * values() < FEW - ROUNDING) {
        return true;
      }
      listed += share;
    }
    double unlisted = number(Metric.DISTINCT_COUNT) - frequent.values().size();
    return unlisted > 0 && (1 - listed) * values() < FEW * unlisted;
  }

  /**
   * Most distinct values the column can have: by the bound of its count, and for whole numbers by
   * how many lie in their range.
   */
  double mostDistinct() {
    double byCount = number(Metric.DISTINCT_COUNT) + error(Metric.DISTINCT_COUNT);
    return type() == ColumnType.INTEGER && hasRange() ? Math.min(byCount, wholeNumbers()) : byCount;
  }

  private boolean hasRange() {
    return has(Metric.MIN) && has(Metric.MAX);
  }

  private double wholeNumbers() {
    return number(Metric.MAX) - number(Metric.MIN) + 1;
  }
}
