package io.profilemesh.core.drift;

import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.statistics.StudentT;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number beside its forecast, before it is decided which of all numbers of a run stand out. In
 * the metric's unit unless said otherwise.
 *
 * @param metric name of the metric
 * @param category key of the frequent value it is the share of; null for anything else
 * @param low lowest value that needs no explanation
 * @param high highest value that needs no explanation
 * @param scale how far chance takes it, history and sampling counted; 0: it was never seen to move
 * @param error part of a change that sketches may explain
 * @param counted probability by counting values alone, however steady history was; 0 where nothing
 *     is counted
 * @param effectPerUnit size of a change of one on the common scale of severities
 * @param effect size of this change on that scale
 * @param edge whether leaving what was is a finding in itself
 * @param vanished whether everything is gone
 * @param silent whether the policy wants no finding of this run
 * @param moved what moved most, for people; null where the number says it all
 */
record Candidate(
    String metric,
    MetricGroup group,
    @Nullable String category,
    Forecast forecast,
    double current,
    double low,
    double high,
    double scale,
    double error,
    double counted,
    double effectPerUnit,
    double effect,
    boolean edge,
    boolean vanished,
    EffectivePolicy policy,
    boolean silent,
    @Nullable DistributionChange moved) {

  /** Numbers that were added up in another order may differ by this share of themselves. */
  private static final double ROUNDING = 1e-9;

  private static final double NORMAL_95 = 1.959963984540054;

  /** How far the value is outside of what needs no explanation. */
  double distance() {
    double distance = Math.max(0, Math.max(low - current, current - high));
    double size = Math.max(Math.abs(forecast.expected()), Math.abs(current));
    return distance <= ROUNDING * size ? 0 : distance;
  }

  /** Probability of such a distance by chance, for this number alone. */
  double probability() {
    double beyond = distance() - error;
    if (beyond <= 0) {
      return 1;
    }
    double byHistory = scale > 0 ? StudentT.twoSided(beyond / scale, forecast.freedom()) : 0;
    return Math.max(byHistory, counted);
  }

  /** Whether the change would matter, were it real. */
  boolean matters() {
    double distance = distance();
    if (silent
        || distance == 0
        || !policy.direction().covers(current - forecast.expected())
        || !(vanished || Thresholds.reaches(distance, policy.absoluteFloor()))) {
      return false;
    }
    return severity().isPresent();
  }

  /** What the size of the change amounts to; empty when it is too small. */
  Optional<Severity> severity() {
    if (vanished) {
      return Optional.of(Severity.HIGH);
    }
    Optional<Severity> severity = policy.thresholds().severityOf(effect);
    return severity.isEmpty() && edge ? Optional.of(Severity.LOW) : severity;
  }

  /**
   * How far a value may lie outside of the expected ones without being a finding.
   *
   * @param critical multiple of the scale that chance may reach
   */
  double tolerance(double critical) {
    double small = edge || effectPerUnit <= 0 ? 0 : policy.thresholds().low() / effectPerUnit;
    return Math.max(critical * scale + error, Math.max(policy.absoluteFloor(), small));
  }

  /** The number beside its forecast, as messages take it. */
  Comparison comparison() {
    return new Comparison(
        forecast.expected(),
        current,
        low,
        high,
        Math.abs(forecast.expected()),
        forecast.scale(),
        scale,
        1,
        error,
        Comparison.Rule.THRESHOLDS);
  }

  /** The change as a finding states it. */
  Change.OfNumber change(double critical, double significance) {
    double doubt = NORMAL_95 * scale + error;
    double perUnit = distance() > 0 ? effect / distance() : 0;
    return new Change.OfNumber(
        forecast.expected(),
        current,
        forecast.scale(),
        effect,
        Math.max(0, effect - doubt * perUnit),
        effect + doubt * perUnit,
        critical * scale,
        error,
        significance);
  }
}
