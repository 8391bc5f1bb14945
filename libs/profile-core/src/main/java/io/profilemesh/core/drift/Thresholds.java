package io.profilemesh.core.drift;

import java.util.Optional;

/**
 * Sizes of change from which a finding is low, medium and high: fractions, or percentage points
 * divided by 100 for shares.
 */
public record Thresholds(double low, double medium, double high) {

  /** 5, 15 and 30 percent. */
  public static final Thresholds DEFAULT = new Thresholds(0.05, 0.15, 0.30);

  /** A change of 5 % may come out as 4.999999999999999 %; this much is forgiven. */
  private static final double ROUNDING = 1e-9;

  public Thresholds {
    if (!(low > 0 && low <= medium && medium <= high)) {
      throw new IllegalArgumentException("thresholds are above 0 and ascend");
    }
  }

  /** The severity of a change of that size; empty below the low threshold. */
  public Optional<Severity> severityOf(double effect) {
    if (reaches(effect, high)) {
      return Optional.of(Severity.HIGH);
    }
    if (reaches(effect, medium)) {
      return Optional.of(Severity.MEDIUM);
    }
    return reaches(effect, low) ? Optional.of(Severity.LOW) : Optional.empty();
  }

  static boolean reaches(double size, double threshold) {
    return size >= threshold - ROUNDING * Math.abs(threshold);
  }
}
