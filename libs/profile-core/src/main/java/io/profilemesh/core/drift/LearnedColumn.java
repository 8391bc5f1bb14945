package io.profilemesh.core.drift;

import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** One column beside its history: what is common to all of its numbers. */
final class LearnedColumn {

  /** Of a column with fewer distinct values the shares of values say it all. */
  private static final double FEW_DISTINCT = 50;

  /** Values that occur less often on average are not shares but chance. */
  private static final double REPEATS = 5;

  private static final double[] RANKS =
      Quantiles.RANKS.stream().mapToDouble(Double::doubleValue).toArray();

  private final ColumnSeries series;
  private final ColumnView now;
  private final Function<String, EffectivePolicy> policies;
  private final double spread;
  private final double usualValues;
  private final double usualRows;
  private final double[] slopes = new double[RANKS.length];

  private LearnedColumn(
      ColumnSeries series, ColumnView now, Function<String, EffectivePolicy> policies) {
    this.series = series;
    this.now = now;
    this.policies = policies;
    this.spread = series.spread();
    this.usualValues = series.usual(ColumnView::values);
    this.usualRows = series.usual(ColumnView::rows);
    Arrays.fill(slopes, Double.NaN);
  }

  /**
   * The candidates of a column; none where history is too short.
   *
   * @param policies what holds for a metric of the column
   */
  static List<Candidate> candidates(
      ColumnSeries series, ColumnView now, Function<String, EffectivePolicy> policies) {
    LearnedColumn column = new LearnedColumn(series, now, policies);
    List<Candidate> candidates = new ArrayList<>(new LearnedNumbers(column).candidates());
    if (now.values() > 0 && column.usualValues > 0) {
      new LearnedPosition(column).candidate().ifPresent(candidates::add);
      new LearnedQuantiles(column).candidate().ifPresent(candidates::add);
      candidates.addAll(new LearnedCategories(column).candidates());
    }
    return candidates;
  }

  ColumnSeries series() {
    return series;
  }

  ColumnView now() {
    return now;
  }

  EffectivePolicy policy(String metric) {
    return policies.apply(metric);
  }

  /** Standard deviation that the values usually have; {@code NaN} when it is not known. */
  double spread() {
    return spread;
  }

  /** Values that a run usually has. */
  double usualValues() {
    return usualValues;
  }

  /** Rows that a run usually has. */
  double usualRows() {
    return usualRows;
  }

  /** How far chance takes a share, 0 to 1, that had some values before. */
  SampledShare sampled(Forecast forecast, double[] shares, double expected) {
    return SampledShare.of(forecast, shares, expected, usualValues);
  }

  static boolean learns(EffectivePolicy policy) {
    return policy.strategy() != StrategyKind.PREVIOUS && policy.strategy() != StrategyKind.PINNED;
  }

  /** What a number's history lets expect; empty where it is too short. */
  Optional<Forecast> next(ToDoubleFunction<ColumnView> number, EffectivePolicy policy) {
    return next(series.numbers(number), policy);
  }

  static Optional<Forecast> next(ColumnSeries.Numbers numbers, EffectivePolicy policy) {
    if (numbers.values().length < policy.minimumHistory()) {
      return Optional.empty();
    }
    return new Forecaster(numbers.values(), numbers.phases()).next(policy.strategy());
  }

  /** How much farther chance takes a number of this run, where it has fewer values than usual. */
  double smaller() {
    return Math.sqrt(Math.max(1, usualValues / Math.max(1, now.values())));
  }

  /** Whether shares of values say more of the column than quantiles do. */
  boolean hasFewDistinct() {
    return hasFewDistinct(series.last());
  }

  static boolean hasFewDistinct(ColumnView last) {
    return last.profile().frequentValues() != null
        && last.numberOr(Metric.DISTINCT_COUNT, Double.MAX_VALUE)
            <= Math.min(FEW_DISTINCT, last.values() / REPEATS);
  }

  /** Whether position and spread of the numbers follow from how many rows there are. */
  boolean isRunningNumber() {
    return series.last().isRunningNumber() && now.isDense();
  }

  /** Values per rank around a quantile, as usual or in this run if they are more there. */
  double slope(int index) {
    if (Double.isNaN(slopes[index])) {
      double usual = series.usual(view -> slope(view, index));
      double current = slope(now, index);
      slopes[index] =
          Math.max(Double.isNaN(usual) ? 0 : usual, Double.isNaN(current) ? 0 : current);
    }
    return slopes[index];
  }

  private static double slope(ColumnView view, int index) {
    int below = Math.max(0, index - 1);
    int above = Math.min(RANKS.length - 1, index + 1);
    double width = ColumnSeries.quantile(view, above) - ColumnSeries.quantile(view, below);
    return width / (RANKS[above] - RANKS[below]);
  }

  /** What the sketches of both sides may be off, in ranks. */
  double rankError() {
    return rankError(now) + rankError(series.last());
  }

  private static double rankError(ColumnView view) {
    Quantiles quantiles = view.profile().quantiles();
    return quantiles == null ? 0 : quantiles.rankError();
  }

  /** How much of the values a quantile stands for: twice the share around it. */
  static double weight(int rank) {
    double below = rank == 0 ? 0 : RANKS[rank - 1];
    double above = rank == RANKS.length - 1 ? 1 : RANKS[rank + 1];
    return Math.min(1, above - below);
  }

  /**
   * A distance from the usual distribution, of which only an increase says anything.
   *
   * @param noise distance that chance makes of a run of that size
   * @param wander how far chance takes it from there
   */
  Candidate distance(
      Forecast forecast,
      double distance,
      double noise,
      double wander,
      double effectPerUnit,
      EffectivePolicy policy,
      DistributionChange moved) {
    return new Candidate(
        Feature.DISTRIBUTION,
        MetricGroup.DISTRIBUTION,
        null,
        forecast,
        distance,
        0,
        Math.max(forecast.expected() * smaller(), noise),
        Math.max(forecast.scale() * smaller(), wander),
        rankError(),
        0,
        effectPerUnit,
        distance * effectPerUnit,
        false,
        false,
        policy,
        policy.silences(now.at()),
        moved);
  }
}
