package io.profilemesh.core.drift;

import io.profilemesh.core.drift.Feature.Kind;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.statistics.Collisions;
import io.profilemesh.core.statistics.Distances;
import io.profilemesh.core.statistics.Line;
import io.profilemesh.core.statistics.StandardErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** All numbers of one column beside what its history lets expect of them. */
final class LearnedColumn {

  /** From so many runs on a position is expected to follow the spread. */
  private static final int RUNS_FOR_LINE = 15;

  /** Of a column with fewer distinct values the shares of values say it all. */
  private static final int FEW_DISTINCT = 50;

  private static final int MANY_DISTINCT = 20;
  private static final int REPEATS = 5;
  private static final double LEAST_SHARE = 0.01;
  private static final int MOST_CATEGORIES = 12;

  /** A Jensen-Shannon distance of 0.1 is that of two normal distributions 0.24 deviations apart. */
  private static final double SIGMAS_OF_JENSEN_SHANNON = 2.4;

  private static final double[] RANKS =
      Quantiles.RANKS.stream().mapToDouble(Double::doubleValue).toArray();
  private static final int P10 = Quantiles.RANKS.indexOf(0.1);
  private static final int P25 = Quantiles.RANKS.indexOf(0.25);
  private static final int P50 = Quantiles.RANKS.indexOf(0.5);
  private static final int P90 = Quantiles.RANKS.indexOf(0.9);

  private final ColumnSeries series;
  private final ColumnView now;
  private final Function<String, EffectivePolicy> policies;
  private final double spread;
  private final double usualValues;
  private final double usualRows;
  private final List<Candidate> candidates = new ArrayList<>();

  private LearnedColumn(
      ColumnSeries series, ColumnView now, Function<String, EffectivePolicy> policies) {
    this.series = series;
    this.now = now;
    this.policies = policies;
    this.spread = series.spread();
    this.usualValues = series.usual(ColumnView::values);
    this.usualRows = series.usual(ColumnView::rows);
  }

  /**
   * The candidates of a column; none where history is too short.
   *
   * @param policies what holds for a metric of the column
   */
  static List<Candidate> candidates(
      ColumnSeries series, ColumnView now, Function<String, EffectivePolicy> policies) {
    LearnedColumn column = new LearnedColumn(series, now, policies);
    column.judgeFeatures();
    if (now.values() > 0 && column.usualValues > 0) {
      column.judgePosition();
      column.judgeDistribution();
      column.judgeCategories();
    }
    return column.candidates;
  }

  private void judgeFeatures() {
    for (Feature feature : Feature.ALL) {
      if (!isSkipped(feature)) {
        double current = number(feature, now);
        EffectivePolicy policy = policies.apply(feature.name());
        if (!Double.isNaN(current) && learns(policy)) {
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
    if (moments && series.last().isRunningNumber() && now.isDense()) {
      return true;
    }
    return feature.isQuantile() && now.type().isNumeric() && hasFewDistinct(series.last());
  }

  private static boolean hasFewDistinct(ColumnView view) {
    return view.profile().frequentValues() != null
        && view.numberOr(Metric.DISTINCT_COUNT, Double.MAX_VALUE) <= FEW_DISTINCT;
  }

  private static boolean learns(EffectivePolicy policy) {
    return policy.strategy() != StrategyKind.PREVIOUS && policy.strategy() != StrategyKind.PINNED;
  }

  private Optional<Forecast> forecast(Feature feature, EffectivePolicy policy) {
    Optional<Forecast> forecast = next(view -> number(feature, view), policy);
    if (!isMoving(feature)) {
      return forecast;
    }
    // Dates of a growing table move with the clock, those of a table at rest stay.
    Optional<Forecast> moving = next(view -> number(feature, view) - millis(view), policy);
    if (moving.isEmpty() || forecast.isEmpty()) {
      return forecast;
    }
    return moving.get().scale() < forecast.get().scale()
        ? moving.map(one -> shifted(one, millis(now)))
        : forecast;
  }

  private static Forecast shifted(Forecast one, double by) {
    return new Forecast(
        one.expected() + by, one.scale(), one.freedom(), one.constant(), one.method(), one.runs());
  }

  private Optional<Forecast> next(ToDoubleFunction<ColumnView> number, EffectivePolicy policy) {
    return next(series.numbers(number), policy);
  }

  private static Optional<Forecast> next(ColumnSeries.Numbers numbers, EffectivePolicy policy) {
    if (numbers.values().length < policy.minimumHistory()) {
      return Optional.empty();
    }
    return new Forecaster(numbers.values(), numbers.phases()).next(policy.strategy());
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
      double noNewValue = Math.min(100, expected * usualValues / Math.max(1, now.values()));
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
    if (spread > 0) {
      return 1 / spread;
    }
    return expected != 0 ? 1 / Math.abs(expected) : 1;
  }

  /** A quantile stands for the values around it: twice their share is what it weighs. */
  private static double weight(Feature feature) {
    return feature.isQuantile() ? weight(feature.rank()) : 1;
  }

  private static double weight(int rank) {
    double below = rank == 0 ? 0 : RANKS[rank - 1];
    double above = rank == RANKS.length - 1 ? 1 : RANKS[rank + 1];
    return Math.min(1, above - below);
  }

  /** How far chance takes the number when values are taken for a sample. */
  private double samplingError(Feature feature, double expected, double current) {
    double n1 = Math.max(1, usualValues);
    double n2 = Math.max(1, now.values());
    double both = Math.sqrt(1 / n1 + 1 / n2);
    if (feature.isQuantile()) {
      double rank = RANKS[feature.rank()];
      return slope(now, feature.rank()) * Math.sqrt(rank * (1 - rank)) * both;
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
              ofRows ? Math.max(1, usualRows) : n1,
              current / 100,
              ofRows ? Math.max(1, now.rows()) : n2);
    }
    return switch (metric) {
      // One huge value moves the mean, and says by its spread how little that means.
      case MEAN ->
          Math.hypot(
              Double.isNaN(spread) ? 0 : spread / Math.sqrt(n1),
              now.numberOr(Metric.STANDARD_DEVIATION, 0) / Math.sqrt(n2));
      case STANDARD_DEVIATION ->
          StandardErrors.ofStandardDeviation(
              Math.max(expected, current), Math.max(2, n2), now.numberOr(Metric.SKEWNESS, 0));
      default -> 0;
    };
  }

  /** What sketches, and values that come up by accident, may explain. */
  private double error(Feature feature, double expected) {
    double fewest = Math.max(1, Math.min(usualValues, now.values()));
    if (feature.isQuantile()) {
      return slope(now, feature.rank()) * (rankError(now) + rankError(series.last()));
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
            + 100 * series.last().error(Metric.DISTINCT_COUNT) / Math.max(1, usualValues);
    return expected == 100 ? sketch + 100 * Collisions.plausible(usualValues, n2) / n2 : sketch;
  }

  private double range(Metric from, Metric to) {
    ColumnView last = series.last();
    return last.has(from) && last.has(to) ? last.number(to) - last.number(from) : 0;
  }

  /** Values per rank around a quantile. */
  private static double slope(ColumnView view, int index) {
    int below = Math.max(0, index - 1);
    int above = Math.min(RANKS.length - 1, index + 1);
    double width = ColumnSeries.quantile(view, above) - ColumnSeries.quantile(view, below);
    return Double.isNaN(width) ? 0 : width / (RANKS[above] - RANKS[below]);
  }

  private static double rankError(ColumnView view) {
    Quantiles quantiles = view.profile().quantiles();
    return quantiles == null ? 0 : quantiles.rankError();
  }

  /**
   * The position of the lower half of the values, given how far they lie apart. Where a bad day
   * stretches a distribution, its centre moves with its spread; a shift moves it alone.
   */
  private void judgePosition() {
    EffectivePolicy policy = policies.apply(Feature.POSITION);
    if (!now.type().isNumeric()
        || !(spread > 0)
        || !learns(policy)
        || hasFewDistinct(series.last())
        || (series.last().isRunningNumber() && now.isDense())
        || Double.isNaN(width(now))) {
      return;
    }
    ColumnSeries.Numbers widths = series.numbers(LearnedColumn::width);
    ColumnSeries.Numbers centres = series.numbers(LearnedColumn::centre);
    int n = widths.values().length;
    if (n < Math.max(RUNS_FOR_LINE, policy.minimumHistory())) {
      return;
    }
    Line line = Line.through(widths.values(), centres.values());
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = centres.values()[i] - line.slope() * widths.values()[i];
    }
    double moved = line.slope() * width(now);
    next(new ColumnSeries.Numbers(rest, widths.phases()), policy)
        .ifPresent(
            forecast -> {
              double scale =
                  Math.max(
                      forecast.scale() * line.leverage(width(now), n),
                      spread / Math.sqrt(Math.max(1, Math.min(usualValues, now.values()))));
              double expected = forecast.expected() + moved;
              double sketch = slope(now, P25) * (rankError(now) + rankError(series.last()));
              candidates.add(
                  new Candidate(
                      Feature.POSITION,
                      MetricGroup.VALUE,
                      null,
                      shifted(forecast, moved),
                      centre(now),
                      expected,
                      expected,
                      scale,
                      sketch,
                      1 / spread,
                      Math.abs(centre(now) - expected) / spread,
                      false,
                      false,
                      policy,
                      policy.silences(now.at()),
                      null));
            });
  }

  private static double width(ColumnView view) {
    return ColumnSeries.quantile(view, P90) - ColumnSeries.quantile(view, P10);
  }

  private static double centre(ColumnView view) {
    return (ColumnSeries.quantile(view, P10)
            + ColumnSeries.quantile(view, P25)
            + ColumnSeries.quantile(view, P50))
        / 3;
  }

  /** Wasserstein distance from the usual quantiles over the spread, against that of other runs. */
  private void judgeDistribution() {
    EffectivePolicy policy = policies.apply(Feature.DISTRIBUTION);
    double[] current = grid(now);
    if (!now.type().isNumeric()
        || !(spread > 0)
        || !learns(policy)
        || hasFewDistinct(series.last())
        || (series.last().isRunningNumber() && now.isDense())
        || Double.isNaN(current[0])) {
      return;
    }
    double[] usual = new double[RANKS.length];
    for (int i = 0; i < usual.length; i++) {
      int index = i;
      usual[i] = series.usual(view -> ColumnSeries.quantile(view, index));
    }
    double distance = Distances.wasserstein(RANKS, usual, current) / spread;
    next(view -> Distances.wasserstein(RANKS, usual, grid(view)) / spread, policy)
        .ifPresent(
            forecast -> {
              double noise = 1 / Math.sqrt(Math.max(1, Math.min(usualValues, now.values())));
              addDistance(
                  Feature.DISTRIBUTION,
                  forecast,
                  distance,
                  noise,
                  1,
                  policy,
                  movedMost(usual, current));
            });
  }

  /** The quantile that moved most, from where to where. */
  private static String movedMost(double[] usual, double[] current) {
    int most = 0;
    for (int i = 1; i < RANKS.length; i++) {
      if (Math.abs(current[i] - usual[i]) * weight(i)
          > Math.abs(current[most] - usual[most]) * weight(most)) {
        most = i;
      }
    }
    return "quantile %s moved most, from %s to %s"
        .formatted(RANKS[most], Numbers.plain(usual[most]), Numbers.plain(current[most]));
  }

  private static double[] grid(ColumnView view) {
    double[] grid = new double[RANKS.length];
    Arrays.setAll(grid, i -> ColumnSeries.quantile(view, i));
    return grid;
  }

  /** A distance, of which only an increase says anything. */
  private void addDistance(
      String metric,
      Forecast forecast,
      double distance,
      double noise,
      double effectPerUnit,
      EffectivePolicy policy,
      String moved) {
    candidates.add(
        new Candidate(
            metric,
            MetricGroup.DISTRIBUTION,
            null,
            forecast,
            distance,
            0,
            Math.max(forecast.expected(), noise),
            Math.max(forecast.scale(), noise),
            rankError(now) + rankError(series.last()),
            effectPerUnit,
            distance * effectPerUnit,
            false,
            false,
            policy,
            policy.silences(now.at()),
            moved));
  }

  /** Shares of frequent values, each against its own history, and all of them together. */
  private void judgeCategories() {
    EffectivePolicy policy = policies.apply(Feature.CATEGORIES);
    Map<String, Double> current = ColumnSeries.shares(now.profile());
    if (current == null || now.type().isTemporal() || !learns(policy)) {
      return;
    }
    List<@Nullable Map<String, Double>> past = new ArrayList<>();
    for (ColumnView view : series.past()) {
      past.add(ColumnSeries.shares(view.profile()));
    }
    if (!isComparable(current, past)) {
      return;
    }
    Set<String> keys = keys(current, past);
    Map<String, Double> usual = new LinkedHashMap<>();
    double judged = 0;
    for (String key : keys) {
      ColumnSeries.Numbers shares = shares(past, key);
      double share = current.getOrDefault(key, ColumnSeries.mostOfOthers(current));
      Optional<Forecast> forecast = next(shares, policy);
      if (forecast.isPresent()) {
        boolean seen = past.stream().anyMatch(one -> one != null && one.containsKey(key));
        addCategory(key, forecast.get(), share, seen, policy);
        usual.put(key, Math.max(0, forecast.get().expected()));
        judged++;
      }
    }
    if (judged > 1) {
      judgeAllShares(current, past, usual);
    }
  }

  /**
   * Adds the share of a value.
   *
   * @param seen whether it was ever among the frequent ones; if not, what is expected is what it
   *     can have been at most
   */
  private void addCategory(
      String key, Forecast forecast, double share, boolean seen, EffectivePolicy policy) {
    double expected = Math.min(1, Math.max(0, forecast.expected()));
    double sampling =
        StandardErrors.ofShareDifference(
            expected, Math.max(1, usualValues), share, Math.max(1, now.values()));
    double h = Distances.cohensH(expected, share);
    double low = seen ? expected : Math.min(expected, share);
    double distance = 100 * Math.max(0, Math.max(low - share, share - expected));
    candidates.add(
        new Candidate(
            Feature.CATEGORIES,
            MetricGroup.DISTRIBUTION,
            key,
            new Forecast(
                seen ? 100 * expected : 0,
                100 * forecast.scale(),
                forecast.freedom(),
                forecast.constant(),
                forecast.method(),
                forecast.runs()),
            100 * share,
            100 * low,
            100 * expected,
            100 * Math.max(forecast.scale(), sampling),
            0,
            distance > 0 ? h / distance : 0,
            h,
            false,
            false,
            policy,
            policy.silences(now.at()),
            null));
  }

  private void judgeAllShares(
      Map<String, Double> current,
      List<@Nullable Map<String, Double>> past,
      Map<String, Double> usual) {
    EffectivePolicy policy = policies.apply(Feature.DISTRIBUTION);
    double[] reference = withRest(usual.values().stream().mapToDouble(Double::doubleValue));
    ToDoubleFunction<@Nullable Map<String, Double>> distance =
        shares ->
            shares == null
                ? Double.NaN
                : Distances.jensenShannon(reference, withRest(of(shares, usual.keySet())));
    double[] values = new double[past.size()];
    int[] phases = new int[past.size() + 1];
    int count = 0;
    for (int i = 0; i < past.size(); i++) {
      double one = distance.applyAsDouble(past.get(i));
      if (!Double.isNaN(one)) {
        values[count] = one;
        phases[count++] = series.phases()[i];
      }
    }
    phases[count] = series.phases()[past.size()];
    ColumnSeries.Numbers numbers =
        new ColumnSeries.Numbers(Arrays.copyOf(values, count), Arrays.copyOf(phases, count + 1));
    double noise = Math.sqrt(reference.length / (4 * Math.max(1, now.values())));
    next(numbers, policy)
        .ifPresent(
            forecast ->
                addDistance(
                    Feature.DISTRIBUTION,
                    forecast,
                    distance.applyAsDouble(current),
                    noise,
                    SIGMAS_OF_JENSEN_SHANNON,
                    policy,
                    movedMost(usual, current)));
  }

  /** The value whose share changed most, from what to what. */
  private static String movedMost(Map<String, Double> usual, Map<String, Double> current) {
    double others = ColumnSeries.mostOfOthers(current);
    String most = "";
    double change = -1;
    for (Map.Entry<String, Double> entry : usual.entrySet()) {
      double now = current.getOrDefault(entry.getKey(), others);
      if (Math.abs(now - entry.getValue()) > change) {
        change = Math.abs(now - entry.getValue());
        most = entry.getKey();
      }
    }
    return Explanation.ofShare(
        most, 100 * usual.getOrDefault(most, 0.0), 100 * current.getOrDefault(most, others));
  }

  private static DoubleStream of(Map<String, Double> shares, Set<String> keys) {
    double others = ColumnSeries.mostOfOthers(shares);
    return keys.stream().mapToDouble(key -> shares.getOrDefault(key, others));
  }

  /** Shares and what is left of the whole; scaled when they are more than it. */
  private static double[] withRest(DoubleStream shares) {
    double[] some = shares.toArray();
    double sum = Arrays.stream(some).sum();
    double[] all = Arrays.copyOf(some, some.length + 1);
    for (int i = 0; i < some.length; i++) {
      all[i] = sum > 1 ? some[i] / sum : some[i];
    }
    all[some.length] = Math.max(0, 1 - sum);
    return all;
  }

  private ColumnSeries.Numbers shares(List<@Nullable Map<String, Double>> past, String key) {
    double[] values = new double[past.size()];
    int[] phases = new int[past.size() + 1];
    int count = 0;
    for (int i = 0; i < past.size(); i++) {
      Map<String, Double> shares = past.get(i);
      if (shares != null) {
        Double share = shares.get(key);
        values[count] = share == null ? ColumnSeries.mostOfOthers(shares) : share;
        phases[count++] = series.phases()[i];
      }
    }
    phases[count] = series.phases()[past.size()];
    return new ColumnSeries.Numbers(Arrays.copyOf(values, count), Arrays.copyOf(phases, count + 1));
  }

  /** Values that matter in this run or did in the last one, the most frequent first. */
  private Set<String> keys(Map<String, Double> current, List<@Nullable Map<String, Double>> past) {
    Set<String> keys = new LinkedHashSet<>();
    Map<String, Double> last = past.get(past.size() - 1);
    for (Map<String, Double> shares : Arrays.asList(last, current)) {
      if (shares != null) {
        shares.entrySet().stream()
            .filter(entry -> entry.getValue() >= LEAST_SHARE)
            .limit(MOST_CATEGORIES / 2 + (shares == last ? 0 : keys.size()))
            .forEach(entry -> keys.add(entry.getKey()));
      }
    }
    return keys;
  }

  /** Hashes and values in clear say nothing about each other. */
  private static boolean isComparable(
      Map<String, Double> current, List<@Nullable Map<String, Double>> past) {
    Map<String, Double> last = past.get(past.size() - 1);
    return last != null
        && !last.isEmpty()
        && !current.isEmpty()
        && last.keySet().iterator().next().charAt(0)
            == current.keySet().iterator().next().charAt(0);
  }
}
