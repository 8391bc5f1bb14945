package io.profilemesh.core.drift;

import io.profilemesh.core.drift.Feature.Kind;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.statistics.Collisions;
import io.profilemesh.core.statistics.StandardErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Metrics and single quantiles of a column, each as a series of its own. */
final class LearnedNumbers {

  private static final int MANY_DISTINCT = 20;
  private static final int REPEATS = 5;

  private final LearnedColumn column;
  private final ColumnSeries series;
  private final ColumnView now;
  private final List<Candidate> candidates = new ArrayList<>();

  LearnedNumbers(LearnedColumn column) {
    this.column = column;
    this.series = column.series();
    this.now = column.now();
  }

  /** The candidates of all features that have history enough. */
  List<Candidate> candidates() {
    judgeFeatures();
    return candidates;
  }

  private void judgeFeatures() {
    for (Feature feature : Feature.ALL) {
      if (!isSkipped(feature)) {
        double current = number(feature, now);
        EffectivePolicy policy = column.policy(feature.name());
        if (!Double.isNaN(current) && LearnedColumn.learns(policy)) {
          forecast(feature, policy).ifPresent(forecast -> add(feature, forecast, current, policy));
        }
      }
    }
  }

  private boolean isSkipped(Feature feature) {
    boolean moments =
        feature.isQuantile()
            || feature.metric() == Metric.MEAN
            || feature.metric() == Metric.STANDARD_DEVIATION
            || feature.metric() == Metric.MIN
            || feature.metric() == Metric.MAX;
    if (moments && column.isRunningNumber()) {
      return true;
    }
    return feature.isQuantile() && now.type().isNumeric() && column.hasFewDistinct();
  }

  private Optional<Forecast> forecast(Feature feature, EffectivePolicy policy) {
    if (!isMoving(feature)) {
      return LearnedColumn.next(
          series.numbers(view -> number(feature, view), feature.group()), policy);
    }
    Optional<Forecast> forecast = column.next(view -> number(feature, view), policy);
    // Dates of a growing table move with the clock, those of a table at rest stay.
    Optional<Forecast> moving = column.next(view -> number(feature, view) - millis(view), policy);
    if (moving.isEmpty() || forecast.isEmpty()) {
      return forecast;
    }
    return moving.get().scale() < forecast.get().scale()
        ? moving.map(one -> one.shifted(millis(now)))
        : forecast;
  }

  private boolean isMoving(Feature feature) {
    return now.type().isTemporal()
        && now.type() != ColumnType.TIME
        && (feature.isQuantile() || feature.kind() == Kind.INSTANT);
  }

  private static double millis(ColumnView view) {
    return view.at().toEpochMilli();
  }

  private static double number(Feature feature, ColumnView view) {
    Metric metric = feature.metric();
    if (metric == null) {
      return ColumnSeries.quantile(view, feature.rank());
    }
    boolean fits =
        switch (metric) {
          case MEAN, STANDARD_DEVIATION -> view.type().isNumeric();
          case MIN, MAX -> view.looksBounded();
          case DISTINCT_COUNT -> isCategorical(view);
          default -> true;
        };
    return fits && view.isBounded(metric) ? view.numberOr(metric, Double.NaN) : Double.NaN;
  }

  /** Whether a text column holds many values, each of them several times. */
  private static boolean isCategorical(ColumnView view) {
    double distinct = view.numberOr(Metric.DISTINCT_COUNT, 0);
    return view.type() == ColumnType.TEXT
        && distinct >= MANY_DISTINCT
        && distinct <= view.values() / REPEATS;
  }

  private void add(Feature feature, Forecast forecast, double current, EffectivePolicy policy) {
    double expected = forecast.expected();
    double perUnit = effectPerUnit(feature, expected);
    // One odd run among many makes no number one that moves.
    boolean still = forecast.scale() == 0;
    boolean atLimit = feature.kind() == Kind.SHARE && (expected == 0 || expected == 100) && still;
    double scale = forecast.scale();
    if (!still || atLimit || feature.isQuantile()) {
      scale = Math.max(scale, samplingError(feature, expected, current));
    }
    double low = expected;
    double high = expected;
    if (feature.metric() == Metric.DISTINCT_PERCENT && !atLimit) {
      // When a table grows, known values come again and the share of distinct ones falls.
      double noNewValue =
          Math.min(100, expected * column.usualValues() / Math.max(1, now.values()));
      low = Math.min(expected, noNewValue);
      high = Math.max(expected, noNewValue);
    }
    double distance = Math.max(0, Math.max(low - current, current - high));
    boolean edge =
        still
            && !feature.isQuantile()
            && feature.kind() != Kind.INSTANT
            && feature.metric() != Metric.DISTINCT_COUNT;
    candidates.add(
        new Candidate(
            feature.name(),
            feature.group(),
            null,
            forecast,
            current,
            low,
            high,
            scale,
            error(feature, expected),
            perUnit,
            distance * perUnit,
            edge,
            false,
            policy,
            policy.silences(now.at()),
            null));
  }

  private double effectPerUnit(Feature feature, double expected) {
    return switch (feature.kind()) {
      case SHARE -> 0.01;
      case RATIO -> (expected != 0 ? 1 / Math.abs(expected) : 1) * weight(feature);
      case LEVEL, INSTANT -> perSpread(expected) * weight(feature);
    };
  }

  private double perSpread(double expected) {
    if (column.spread() > 0) {
      return 1 / column.spread();
    }
    return expected != 0 ? 1 / Math.abs(expected) : 1;
  }

  private static double weight(Feature feature) {
    return feature.isQuantile() ? LearnedColumn.weight(feature.rank()) : 1;
  }

  /** How far chance takes the number when values are taken for a sample. */
  private double samplingError(Feature feature, double expected, double current) {
    double n1 = Math.max(1, column.usualValues());
    double n2 = Math.max(1, now.values());
    double both = Math.sqrt(1 / n1 + 1 / n2);
    if (feature.isQuantile()) {
      double rank = Quantiles.RANKS.get(feature.rank());
      return column.slope(feature.rank()) * Math.sqrt(rank * (1 - rank)) * both;
    }
    Metric metric = feature.metric();
    if (metric == null || metric == Metric.DISTINCT_PERCENT) {
      return 0;
    }
    if (feature.kind() == Kind.SHARE) {
      boolean ofRows = metric == Metric.NULL_PERCENT;
      return 100
          * StandardErrors.ofShareDifference(
              expected / 100,
              ofRows ? Math.max(1, column.usualRows()) : n1,
              current / 100,
              ofRows ? Math.max(1, now.rows()) : n2);
    }
    return switch (metric) {
      // One huge value moves the mean, and says by its spread how little that means.
      case MEAN ->
          Math.hypot(
              Double.isNaN(column.spread()) ? 0 : column.spread() / Math.sqrt(n1),
              now.numberOr(Metric.STANDARD_DEVIATION, 0) / Math.sqrt(n2));
      case STANDARD_DEVIATION ->
          StandardErrors.ofStandardDeviation(
              Math.max(expected, current), Math.max(2, n2), now.numberOr(Metric.SKEWNESS, 0));
      default -> 0;
    };
  }

  /** What sketches, and values that come up by accident, may explain. */
  private double error(Feature feature, double expected) {
    double fewest = Math.max(1, Math.min(column.usualValues(), now.values()));
    if (feature.isQuantile()) {
      return column.slope(feature.rank()) * column.rankError();
    }
    Metric metric = feature.metric();
    if (metric == null) {
      return 0;
    }
    double stated = now.error(metric) + series.last().error(metric);
    return switch (metric) {
      case DISTINCT_PERCENT -> stated + distinctError(expected);
      case MIN, MAX ->
          stated + ExtremeComparer.RARE_GAP * Math.max(0, range(Metric.MIN, Metric.MAX)) / fewest;
      case EARLIEST, LATEST ->
          stated
              + ExtremeComparer.RARE_GAP
                  * Math.max(0, range(Metric.EARLIEST, Metric.LATEST))
                  / fewest;
      default -> stated;
    };
  }

  private double distinctError(double expected) {
    double n2 = Math.max(1, now.values());
    double sketch =
        100 * now.error(Metric.DISTINCT_COUNT) / n2
            + 100 * series.last().error(Metric.DISTINCT_COUNT) / Math.max(1, column.usualValues());
    return expected == 100
        ? sketch + 100 * Collisions.plausible(column.usualValues(), n2) / n2
        : sketch;
  }

  private double range(Metric from, Metric to) {
    ColumnView last = series.last();
    return last.has(from) && last.has(to) ? last.number(to) - last.number(from) : 0;
  }
}
