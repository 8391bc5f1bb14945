package io.profilemesh.core.incident;

import java.time.Duration;

/**
 * When an incident moves.
 *
 * @param resolveAfterRuns runs within bounds, one after the other, that resolve it; at least 1
 * @param materialFactor a size that grew or shrank by this factor is news; above 1
 * @param keepResolved how long a resolved incident is remembered
 */
public record IncidentRules(int resolveAfterRuns, double materialFactor, Duration keepResolved) {

  /** The first run within bounds resolves; half as much again is news; kept for 90 days. */
  public static final IncidentRules DEFAULT = new IncidentRules(1, 1.5, Duration.ofDays(90));

  public IncidentRules {
    if (resolveAfterRuns < 1) {
      throw new IllegalArgumentException("an incident resolves after at least one run");
    }
    if (!(materialFactor > 1)) {
      throw new IllegalArgumentException("a material change is a factor above 1");
    }
    if (keepResolved.isNegative()) {
      throw new IllegalArgumentException("a time to keep is not negative");
    }
  }

  /** Whether one size is news after another; sizes of 0 are no sizes. */
  boolean isMaterial(double before, double now) {
    return before > 0
        && now > 0
        && (now >= before * materialFactor || now <= before / materialFactor);
  }
}
