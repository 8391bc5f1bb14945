package io.profilemesh.core.drift;

import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.statistics.Distances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shares of frequent values, each against its own history, and all of them together. */
final class LearnedCategories {

  /** Of the distance of two samples, times the root of their size: its deviation is below. */
  private static final double WANDER = 0.4;

  private static final double LEAST_SHARE = 0.01;
  private static final int MOST_CATEGORIES = 12;

  /** A Jensen-Shannon distance of 0.1 is that of two normal distributions 0.24 deviations apart. */
  static final double SIGMAS_OF_JENSEN_SHANNON = 2.4;

  private final LearnedColumn column;
  private final ColumnSeries series;
  private final ColumnView now;
  private final List<Candidate> candidates = new ArrayList<>();

  LearnedCategories(LearnedColumn column) {
    this.column = column;
    this.series = column.series();
    this.now = column.now();
  }

  /** The candidates of all values that count; none where they cannot be told apart. */
  List<Candidate> candidates() {
    judgeCategories();
    return candidates;
  }

  private void judgeCategories() {
    EffectivePolicy policy = column.policy(Feature.CATEGORIES);
    Map<String, Double> current = ColumnSeries.shares(now.profile());
    if (current == null || now.type().isTemporal() || !LearnedColumn.learns(policy)) {
      return;
    }
    Map<String, Double> last = ColumnSeries.shares(series.last().profile());
    if (last == null || !isComparable(current, last)) {
      return;
    }
    Set<String> keys = keys(current, last);
    PastShares past = new PastShares(series, keys);
    Map<String, Double> usual = new LinkedHashMap<>();
    double judged = 0;
    for (String key : keys) {
      int place = past.place(key);
      ColumnSeries.Numbers shares = past.series(place);
      double share = current.getOrDefault(key, ColumnSeries.mostOfOthers(current));
      Optional<Forecast> forecast = LearnedColumn.next(shares, policy);
      if (forecast.isPresent()) {
        addCategory(key, forecast.get(), shares.values(), share, past.isSeen(place), policy);
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
   * @param shares that it had
   * @param seen whether it was ever among the frequent ones; if not, what is expected is what it
   *     can have been at most
   */
  private void addCategory(
      String key,
      Forecast forecast,
      double[] shares,
      double share,
      boolean seen,
      EffectivePolicy policy) {
    double expected = Math.min(1, Math.max(0, forecast.expected()));
    SampledShare sampled = column.sampled(forecast, shares, expected);
    double low = seen ? expected : Math.min(expected, share);
    double high = expected;
    for (Map<String, Double> run : normal()) {
      double normal = run.getOrDefault(key, ColumnSeries.mostOfOthers(run));
      low = Math.min(low, normal);
      high = Math.max(high, normal);
    }
    boolean isWider = high > expected || (seen && low < expected);
    double bound = isWider ? Math.min(high, Math.max(low, share)) : expected;
    double h = Distances.cohensH(bound, share);
    double distance = 100 * Math.max(0, Math.max(low - share, share - high));
    double scale = sampled.scale(forecast.scale(), now.values());
    if (isWider) {
      // A single run is off by chance as this one is.
      double one = Math.max(1, column.usualValues());
      double other = Math.max(1, now.values());
      scale = Math.max(scale, Math.sqrt(bound * (1 - bound) * (1 / one + 1 / other)));
    }
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
                forecast.runs(),
                forecast.support()),
            100 * share,
            100 * low,
            100 * high,
            100 * scale,
            0,
            sampled.probability(share, now.values()),
            distance > 0 ? h / distance : 0,
            h,
            false,
            false,
            policy,
            policy.silences(now.at()),
            null));
  }

  /** Shares in runs that people expected to be as they were. */
  private List<Map<String, Double>> normal() {
    List<Map<String, Double>> normal = new ArrayList<>();
    for (ColumnView view : series.normal(MetricGroup.DISTRIBUTION)) {
      Map<String, Double> shares = ColumnSeries.shares(view.profile());
      if (shares != null) {
        normal.add(shares);
      }
    }
    return normal;
  }

  private void judgeAllShares(
      Map<String, Double> current, PastShares past, Map<String, Double> usual) {
    EffectivePolicy policy = column.policy(Feature.DISTRIBUTION);
    double[] expected = withRest(ofUsual(usual));
    double[] shares = withRest(of(current, usual.keySet()));
    int[] places = usual.keySet().stream().mapToInt(past::place).toArray();
    double[] distances = new double[past.runs()];
    int[] phases = new int[past.runs() + 1];
    int count = 0;
    for (int i = 0; i < past.runs(); i++) {
      double[] ofRun = past.of(i, places);
      double one = ofRun == null ? Double.NaN : Distances.jensenShannon(expected, withRest(ofRun));
      if (!Double.isNaN(one)) {
        distances[count] = one;
        phases[count++] = series.phases()[i];
      }
    }
    phases[count] = series.phases()[past.runs()];
    ColumnSeries.Numbers numbers =
        new ColumnSeries.Numbers(Arrays.copyOf(distances, count), Arrays.copyOf(phases, count + 1));
    double[] reference =
        NearestNormal.of(
            expected,
            normal().stream().map(run -> withRest(of(run, usual.keySet()))).toList(),
            from -> Distances.jensenShannon(from, shares));
    // A single run is off by chance as this one is; what is expected is the middle of many.
    double values = Math.max(1, now.values()) / (reference == expected ? 1 : 2);
    LearnedColumn.next(numbers, policy)
        .ifPresent(
            forecast ->
                candidates.add(
                    column.distance(
                        forecast,
                        Distances.jensenShannon(reference, shares),
                        Math.sqrt(reference.length / (4 * values)),
                        WANDER / Math.sqrt(values),
                        mattersAtAll(reference, shares) ? SIGMAS_OF_JENSEN_SHANNON : 0,
                        policy,
                        DistributionChange.ofShares(
                            reference, shares, () -> movedMost(usual, current)))));
  }

  /** A rare new category is no other distribution, however certain it is. */
  private boolean mattersAtAll(double[] before, double[] now) {
    double floor = column.policy(Feature.CATEGORIES).absoluteFloor() / 100;
    for (int i = 0; i < before.length; i++) {
      if (Math.abs(before[i] - now[i]) >= floor) {
        return true;
      }
    }
    return false;
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

  private static double[] ofUsual(Map<String, Double> usual) {
    return usual.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] of(Map<String, Double> shares, Set<String> keys) {
    double others = ColumnSeries.mostOfOthers(shares);
    return keys.stream().mapToDouble(key -> shares.getOrDefault(key, others)).toArray();
  }

  /** Shares and what is left of the whole; scaled when they are more than it. */
  private static double[] withRest(double[] some) {
    double sum = Arrays.stream(some).sum();
    double[] all = Arrays.copyOf(some, some.length + 1);
    for (int i = 0; i < some.length; i++) {
      all[i] = sum > 1 ? some[i] / sum : some[i];
    }
    all[some.length] = Math.max(0, 1 - sum);
    return all;
  }

  /** Values that matter in this run or did in the last one, the most frequent first. */
  private static Set<String> keys(Map<String, Double> current, Map<String, Double> last) {
    Set<String> keys = new LinkedHashSet<>();
    for (Map<String, Double> shares : List.of(last, current)) {
      shares.entrySet().stream()
          .filter(entry -> entry.getValue() >= LEAST_SHARE)
          .limit(MOST_CATEGORIES / 2 + (shares == last ? 0 : keys.size()))
          .forEach(entry -> keys.add(entry.getKey()));
    }
    return keys;
  }

  /** Hashes and values in clear say nothing about each other. */
  private static boolean isComparable(Map<String, Double> current, Map<String, Double> last) {
    return !last.isEmpty()
        && !current.isEmpty()
        && last.keySet().iterator().next().charAt(0)
            == current.keySet().iterator().next().charAt(0);
  }
}
