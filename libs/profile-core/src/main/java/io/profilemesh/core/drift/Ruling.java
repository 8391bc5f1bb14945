package io.profilemesh.core.drift;

import java.util.Optional;

/**
 * A comparison under a policy: the two gates, and the severity of what passes both.
 *
 * @param silent whether the policy wants no finding of this run
 * @param least findings of lower severity do not count, but for leaving an edge: while one run is
 *     all there is to compare with, nobody knows what is usual
 */
record Ruling(Comparison comparison, EffectivePolicy policy, boolean silent, Severity least) {

  /** The severity; empty when the change is noise, too small, or in a direction nobody minds. */
  Optional<Severity> severity() {
    double distance = comparison.distance();
    if (silent
        || distance == 0
        || !policy.direction().covers(comparison.current() - comparison.baseline())) {
      return Optional.empty();
    }
    if (comparison.rule() == Comparison.Rule.VANISHED) {
      return Optional.of(Severity.HIGH);
    }
    if (distance <= comparison.noise() || !Thresholds.reaches(distance, policy.absoluteFloor())) {
      return Optional.empty();
    }
    Optional<Severity> severity =
        policy.thresholds().severityOf(comparison.effect(policy.absoluteFloor()));
    return comparison.rule() == Comparison.Rule.EDGE
        ? Optional.of(severity.orElse(Severity.LOW))
        : severity.filter(found -> found.compareTo(least) >= 0);
  }

  /** Lower end of the range in which a value is no finding. */
  double lower() {
    return comparison.expectedLow() - tolerance();
  }

  /** Upper end of the range in which a value is no finding. */
  double upper() {
    return comparison.expectedHigh() + tolerance();
  }

  private double tolerance() {
    double floor = policy.absoluteFloor();
    double small =
        comparison.rule() == Comparison.Rule.EDGE
            ? 0
            : threshold() * Math.max(comparison.scale(), floor);
    return Math.max(comparison.noise(), Math.max(floor, small));
  }

  private double threshold() {
    return switch (least) {
      case LOW -> policy.thresholds().low();
      case MEDIUM -> policy.thresholds().medium();
      case HIGH -> policy.thresholds().high();
    };
  }
}
