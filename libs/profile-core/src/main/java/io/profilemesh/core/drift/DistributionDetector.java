package io.profilemesh.core.drift;

import io.profilemesh.core.drift.Change.OfNumber;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.statistics.Distances;
import io.profilemesh.core.statistics.GammaFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whole distributions of one run against those of one other: numbers by the distance of Kolmogorov
 * and Smirnov, categories by that of Jensen and Shannon, each against what chance and sketches may
 * explain of it, and each large enough on the common scale of severities. Of numbers that is what
 * the distance is beyond that of the means.
 */
final class DistributionDetector {

  static final String NAME = "distribution_test";

  /** One distribution in so many passes the first gate by chance. */
  private static final double ALPHA = 0.001;

  private static final double FEWEST_VALUES = 20;

  private final DriftPolicies policies;
  private final DatasetId dataset;
  private final Instant at;
  private final StrategyKind strategy;
  private final Explanation explanation;
  private final List<Judgement> judgements = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * For one run.
   *
   * @param strategy how the baseline was chosen
   */
  DistributionDetector(
      DriftPolicies policies,
      DatasetId dataset,
      Instant at,
      StrategyKind strategy,
      Explanation explanation) {
    this.policies = policies;
    this.dataset = dataset;
    this.at = at;
    this.strategy = strategy;
    this.explanation = explanation;
  }

  List<Judgement> judgements() {
    return judgements;
  }

  List<Finding> findings() {
    return findings;
  }

  /**
   * A distance with what it takes to count.
   *
   * @param effect size on the common scale of severities
   * @param beyond how many times as large as what chance and sketches may explain
   * @param sketch part of that which sketches may explain, 0 to 1
   */
  private record Tested(double effect, double beyond, double sketch, DistributionChange change) {

    /** A rare new category is no other distribution, however certain it is. */
    Tested unlessBelow(double floor, double largest) {
      return largest < floor ? new Tested(effect, 0, sketch, change) : this;
    }
  }

  /**
   * Judges a column whose values are of one kind in both runs.
   *
   * @param told whether a finding says already that the values moved: then it is the same fact
   */
  void judge(ColumnView baseline, ColumnView current, boolean told) {
    EffectivePolicy policy =
        policies
            .effective(dataset, current.profile().name(), Feature.DISTRIBUTION, current.type())
            .under(strategy);
    boolean ofOneRun =
        strategy == StrategyKind.PREVIOUS
            || strategy == StrategyKind.PINNED
            || policy.strategy() == StrategyKind.PREVIOUS
            || policy.strategy() == StrategyKind.PINNED;
    double values = Math.min(baseline.values(), current.values());
    if (!ofOneRun || values < FEWEST_VALUES) {
      return;
    }
    boolean numbers = current.type().isNumeric() && !LearnedColumn.hasFewDistinct(baseline);
    (numbers ? ofNumbers(baseline, current) : ofCategories(baseline, current, floor(current)))
        .ifPresent(tested -> judge(current, tested, policy, told));
  }

  private void judge(ColumnView current, Tested tested, EffectivePolicy policy, boolean told) {
    double enough = tested.beyond() > 0 ? tested.effect() / tested.beyond() : 0;
    double upper = Math.max(policy.thresholds().low(), enough);
    judgements.add(
        new Judgement(
            current.profile().name(),
            Feature.DISTRIBUTION,
            MetricGroup.DISTRIBUTION,
            0,
            0,
            upper,
            tested.effect()));
    boolean counts =
        !told
            && tested.beyond() > 1
            && !policy.silences(at)
            && policy.direction().covers(tested.effect());
    if (counts) {
      policy
          .thresholds()
          .severityOf(tested.effect())
          .ifPresent(severity -> findings.add(finding(current, tested, policy, severity)));
    }
  }

  private Finding finding(
      ColumnView current, Tested tested, EffectivePolicy policy, Severity severity) {
    Map<String, String> parameters = new TreeMap<>(tested.change().parameters());
    parameters.put("policy", policy.policyId());
    parameters.put("lowThreshold", Double.toString(policy.thresholds().low()));
    parameters.put("mediumThreshold", Double.toString(policy.thresholds().medium()));
    parameters.put("highThreshold", Double.toString(policy.thresholds().high()));
    parameters.put("alpha", Double.toString(ALPHA));
    double effect = tested.effect();
    double doubt = effect / tested.beyond();
    OfNumber change =
        new OfNumber(
            0,
            effect,
            null,
            effect,
            Math.max(0, effect - doubt),
            effect + doubt,
            doubt * (1 - tested.sketch()),
            doubt * tested.sketch(),
            null);
    return new Finding(
        DriftKind.DISTRIBUTION,
        current.profile().name(),
        Feature.DISTRIBUTION,
        NAME,
        parameters,
        change,
        severity,
        explanation.ofDistribution(current, effect, tested.change().most()));
  }

  private static Optional<Tested> ofNumbers(ColumnView baseline, ColumnView current) {
    double[] before = ColumnSeries.quantiles(baseline);
    double[] now = ColumnSeries.quantiles(current);
    double spread = ColumnSeries.spread(baseline);
    boolean running = baseline.isRunningNumber() && current.isDense();
    if (Double.isNaN(before[0]) || Double.isNaN(now[0]) || !(spread > 0) || running) {
      return Optional.empty();
    }
    DistributionChange change = DistributionChange.ofQuantiles(before, now, spread);
    // Values that moved together are the mean's fact, and judged by its size.
    double byMean =
        Math.abs(current.numberOr(Metric.MEAN, 0) - baseline.numberOr(Metric.MEAN, 0)) / spread;
    double sketch = rankError(baseline) + rankError(current);
    double critical =
        Distances.kolmogorovSmirnovCritical(
            ALPHA, baseline.values(), current.values(), rankError(baseline), rankError(current));
    return Optional.of(
        new Tested(
            Math.max(0, change.measure(DistributionChange.WASSERSTEIN) - byMean),
            change.measure(DistributionChange.KOLMOGOROV_SMIRNOV) / critical,
            sketch / critical,
            change));
  }

  private static double rankError(ColumnView view) {
    Quantiles quantiles = view.profile().quantiles();
    return quantiles == null ? 0 : quantiles.rankError();
  }

  /** Smallest change of a single share that counts, 0 to 1. */
  private double floor(ColumnView current) {
    return policies
            .effective(dataset, current.profile().name(), Feature.CATEGORIES, current.type())
            .absoluteFloor()
        / 100;
  }

  private static Optional<Tested> ofCategories(
      ColumnView baseline, ColumnView current, double floor) {
    FrequentValues first = baseline.profile().frequentValues();
    FrequentValues second = current.profile().frequentValues();
    if (first == null || second == null || current.type().isTemporal()) {
      return Optional.empty();
    }
    return SharePair.of(baseline.profile(), current.profile())
        .map(
            pair -> {
              double n = Math.min(baseline.values(), first.total());
              double m = Math.min(current.values(), second.total());
              double critical = critical(pair.before().length - 1, n, m);
              DistributionChange change =
                  DistributionChange.ofShares(pair.before(), pair.now(), pair::most);
              double distance = change.measure(DistributionChange.JENSEN_SHANNON);
              return new Tested(
                      LearnedCategories.SIGMAS_OF_JENSEN_SHANNON * distance,
                      distance / critical,
                      0,
                      change)
                  .unlessBelow(floor, pair.largest());
            });
  }

  /**
   * The Jensen-Shannon distance that two samples of the same shares exceed one time in 1,000: its
   * square times {@code 8·ln 2·nm/(n+m)} has a chi-squared distribution, as the divergence is half
   * of what the likelihood ratio has at second order.
   */
  static double critical(int freedom, double n, double m) {
    double low = 0;
    double high = 100 + 10.0 * freedom;
    for (int step = 0; step < 60; step++) {
      double middle = (low + high) / 2;
      if (GammaFunction.upper(freedom / 2.0, middle / 2) > ALPHA) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(high * (n + m) / (8 * Math.log(2) * n * m));
  }
}
