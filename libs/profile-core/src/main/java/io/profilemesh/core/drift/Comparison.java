package io.profilemesh.core.drift;

import org.jspecify.annotations.Nullable;

/**
 * A metric beside its baseline, before any policy: how far it is off, and how much of that means
 * nothing. All numbers in the metric's unit.
 *
 * @param expectedLow lowest value that needs no explanation
 * @param expectedHigh highest value that needs no explanation
 * @param scale what a change is measured against; 0: any change counts as the whole
 * @param spread spread of the column in the baseline; null where the metric has none
 * @param standardError of the difference
 * @param critical multiple of the standard error that chance may reach
 * @param sketchError error bounds of both numbers together
 * @param rule how the size of the change is judged
 */
record Comparison(
    double baseline,
    double current,
    double expectedLow,
    double expectedHigh,
    double scale,
    @Nullable Double spread,
    double standardError,
    double critical,
    double sketchError,
    Rule rule) {

  private static final double NORMAL_95 = 1.959963984540054;

  /** Numbers that were added up in another order may differ by this share of themselves. */
  private static final double ROUNDING = 1e-9;

  /** How the size of a change is judged. */
  enum Rule {
    /** By the thresholds. */
    THRESHOLDS,
    /** The baseline was at a limit, such as no nulls at all: to leave it is a finding in itself. */
    EDGE,
    /** Everything is gone. */
    VANISHED
  }

  /** How far the value is outside of what was expected; 0 inside. */
  double distance() {
    double distance = Math.max(0, Math.max(expectedLow - current, current - expectedHigh));
    return distance <= ROUNDING * Math.max(Math.abs(baseline), Math.abs(current)) ? 0 : distance;
  }

  /** Part of the change that chance may explain. */
  double samplingError() {
    return standardError == 0 ? 0 : critical * standardError;
  }

  /** Part of the change that means nothing. */
  double noise() {
    return samplingError() + sketchError;
  }

  /**
   * Size of the change on the common scale of severities.
   *
   * @param floor what the scale is at least
   */
  double effect(double floor) {
    return effectOf(distance(), floor);
  }

  /** The change as a finding states it. */
  Change.OfNumber change(double floor) {
    double doubt = NORMAL_95 * standardError + sketchError;
    return new Change.OfNumber(
        baseline,
        current,
        spread,
        effect(floor),
        effectOf(Math.max(0, distance() - doubt), floor),
        effectOf(distance() + doubt, floor),
        samplingError(),
        sketchError,
        null);
  }

  private double effectOf(double distance, double floor) {
    if (distance == 0) {
      return 0;
    }
    double against = Math.max(scale, floor);
    return against > 0 ? distance / against : 1;
  }
}
