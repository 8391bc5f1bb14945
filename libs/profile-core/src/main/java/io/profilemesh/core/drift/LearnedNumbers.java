package io.profilemesh.core.drift;

import io.profilemesh.core.drift.Feature.Kind;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.statistics.Collisions;
import io.profilemesh.core.statistics.CountTails;
import io.profilemesh.core.statistics.StandardErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Metrics and single quantiles of a column, each as a series of its own. */
final class LearnedNumbers {

  private static final int MANY_DISTINCT = 20;
  private static final int REPEATS = 5;
  private static final int RUNS_WITHOUT = 20;
  private static final int MIDDLE = Quantiles.RANKS.indexOf(0.5);

  /** The variance of a median over that of a mean: π/2. */
  private static final double MEDIAN = Math.PI / 2;

  private final LearnedColumn column;
  private final ColumnSeries series;
  private final ColumnView now;
  private final List<Candidate> candidates = new ArrayList<>();

  /** Of the feature that is being judged. */
  private boolean movesWithTheClock;

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
    Optional<Forecast> forecast = next(view -> number(feature, view), feature, policy);
    movesWithTheClock = false;
    if (!isMoving(feature)) {
      return forecast;
    }
    // Dates of a growing table move with the clock, those of a table at rest stay.
    Optional<Forecast> moving = next(view -> number(feature, view) - millis(view), feature, policy);
    if (moving.isEmpty() || forecast.isEmpty() || !isSteadier(moving.get(), forecast.get())) {
      return forecast;
    }
    movesWithTheClock = true;
    return moving.map(one -> one.shifted(millis(now)));
  }

  private Optional<Forecast> next(
      ToDoubleFunction<ColumnView> number, Feature feature, EffectivePolicy policy) {
    return LearnedColumn.next(series.numbers(number, feature.group()), policy);
  }

  /** Dates that people said are normal, as they would be in this run; of other numbers none. */
  private double[] normal(Feature feature) {
    return isMoving(feature)
        ? series.normal(feature.group()).stream()
            .mapToDouble(
                view ->
                    number(feature, view) + (movesWithTheClock ? millis(now) - millis(view) : 0))
            .filter(date -> !Double.isNaN(date))
            .toArray()
        : new double[0];
  }

  /**
   * Dates that go on by a week in every run have a trend that was never wrong; that they always
   * were in the same place of their run says more.
   */
  private static boolean isSteadier(Forecast one, Forecast other) {
    return one.scale() < other.scale()
        || (one.scale() == other.scale() && one.constant() && !other.constant());
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
    boolean ofCounts = atLimit && feature.metric() != Metric.DISTINCT_PERCENT;
    if (!still || ofCounts || feature.isQuantile()) {
      scale = scale(feature, forecast, current);
    }
    double counted = !still || atLimit ? counted(feature, forecast, current) : 0;
    if (feature.metric() == Metric.NULL_PERCENT && isNever(forecast)) {
      scale = 0;
      counted = 0;
    } else if (still && isOfConstant(feature)) {
      counted = otherThanTheConstant();
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
    for (double date : normal(feature)) {
      low = Math.min(low, date);
      high = Math.max(high, date);
    }
    double distance = Math.max(0, Math.max(low - current, current - high));
    boolean edge =
        still
            && !feature.isQuantile()
            && (feature.kind() != Kind.INSTANT || isFixed(forecast))
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
            error(feature, forecast),
            counted,
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

  /** Whether a date had its place in the period in every one of many runs. */
  private static boolean isFixed(Forecast forecast) {
    return forecast.constant() && forecast.runs() >= RUNS_WITHOUT;
  }

  /** A full column stays full: after so many runs the first missing value counts. */
  private static boolean isNever(Forecast forecast) {
    return forecast.constant() && forecast.expected() == 0 && forecast.runs() >= RUNS_WITHOUT;
  }

  /** Whether the number says of a column with one value only what that is. */
  private boolean isOfConstant(Feature feature) {
    Metric metric = feature.metric();
    boolean ofValues =
        metric == Metric.MEAN
            || metric == Metric.STANDARD_DEVIATION
            || metric == Metric.MIN
            || metric == Metric.MAX;
    return ofValues && column.spread() == 0;
  }

  /** Probability that so many values are not the usual one, when none of earlier ones was. */
  private double otherThanTheConstant() {
    double values = now.values();
    double others = values;
    double usual = series.last().numberOr(Metric.MEAN, Double.NaN);
    FrequentValues frequent = now.profile().frequentValues();
    if (usual == 0) {
      others = values * (1 - now.numberOr(Metric.ZERO_PERCENT, 0) / 100);
    } else if (now.numberOr(Metric.STANDARD_DEVIATION, 0) > 0
        && frequent != null
        && frequent.total() > 0
        && !frequent.values().isEmpty()) {
      others = values * (1 - (double) frequent.values().get(0).count() / frequent.total());
    }
    double trials = series.past().stream().mapToDouble(ColumnView::values).sum();
    return CountTails.twoSided(Math.round(others), Math.round(values), 0, trials);
  }

  /** Probability of a share by counting values alone. */
  private double counted(Feature feature, Forecast forecast, double current) {
    boolean isCounted = feature.kind() == Kind.SHARE && feature.metric() != Metric.DISTINCT_PERCENT;
    return isCounted
        ? sampled(feature, forecast).probability(current / 100, whole(feature, now))
        : 0;
  }

  private SampledShare sampled(Feature feature, Forecast forecast) {
    double[] shares =
        Arrays.stream(series.numbers(view -> number(feature, view), feature.group()).values())
            .map(percent -> percent / 100)
            .toArray();
    return SampledShare.of(
        forecast, shares, forecast.expected() / 100, series.usual(view -> whole(feature, view)));
  }

  private static double whole(Feature feature, ColumnView view) {
    return Math.max(1, feature.metric() == Metric.NULL_PERCENT ? view.rows() : view.values());
  }

  /** How far the number goes: as history says, and as chance takes it in a run of that size. */
  private double scale(Feature feature, Forecast forecast, double current) {
    double ofHistory = forecast.scale();
    double usual = Math.max(1, column.usualValues());
    double values = Math.max(1, now.values());
    double smaller = column.smaller();
    double both = Math.sqrt(MEDIAN / (usual * forecast.support()) + 1 / values);
    if (feature.isQuantile()) {
      double rank = Quantiles.RANKS.get(feature.rank());
      double sampling = column.slope(feature.rank()) * Math.sqrt(rank * (1 - rank)) * both;
      return Math.max(ofHistory * smaller, sampling);
    }
    Metric metric = feature.metric();
    if (metric == null) {
      return ofHistory;
    }
    return switch (metric) {
      case DISTINCT_PERCENT -> Math.max(ofHistory * smaller, distinctByChance(values));
      case NULL_PERCENT, BLANK_PERCENT, ZERO_PERCENT, NEGATIVE_PERCENT, TRUE_PERCENT ->
          100 * sampled(feature, forecast).scale(ofHistory / 100, whole(feature, now));
      case MEAN -> ofMean(forecast, usual, values);
      case STANDARD_DEVIATION ->
          Math.max(
              ofHistory * smaller,
              StandardErrors.ofStandardDeviation(
                  Math.max(forecast.expected(), current),
                  Math.max(2, values),
                  now.numberOr(Metric.SKEWNESS, 0)));
      case AVERAGE_LENGTH -> ofHistory * smaller;
      default -> ofHistory;
    };
  }

  /** How far chance takes the share of distinct values, which come up or do not. */
  private double distinctByChance(double values) {
    double distinct = now.numberOr(Metric.DISTINCT_COUNT, 0);
    return 100 * Math.sqrt(Math.max(1, distinct * (1 - distinct / values))) / values;
  }

  /** One huge value moves the mean, but not the middle. */
  private boolean hasMovedTogether() {
    double usualMean = series.usual(view -> view.numberOr(Metric.MEAN, Double.NaN));
    double usualMiddle = series.usual(view -> ColumnSeries.quantile(view, MIDDLE));
    double byMean = now.numberOr(Metric.MEAN, Double.NaN) - usualMean;
    double byMiddle = ColumnSeries.quantile(now, MIDDLE) - usualMiddle;
    return byMean * byMiddle > 0 && Math.abs(byMiddle) >= Math.abs(byMean) / 2;
  }

  /** One huge value moves the mean, and says by the spread of its run how little that means. */
  private double ofMean(Forecast forecast, double usual, double values) {
    double ofPast = Double.isNaN(column.spread()) ? 0 : column.spread();
    double ofRun =
        hasMovedTogether() ? ofPast : Math.max(ofPast, now.numberOr(Metric.STANDARD_DEVIATION, 0));
    double chance = ofRun / Math.sqrt(values);
    double beyond = Math.max(0, square(forecast.scale()) - square(ofPast) / usual);
    double ofForecast = square(ofPast) * MEDIAN / (usual * forecast.support());
    return Math.sqrt(Math.max(beyond, ofForecast) + square(chance));
  }

  private static double square(double number) {
    return number * number;
  }

  /** What sketches, and values that come up by accident, may explain. */
  private double error(Feature feature, Forecast forecast) {
    double expected = forecast.expected();
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
          isFixed(forecast)
              ? stated
              : stated
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
