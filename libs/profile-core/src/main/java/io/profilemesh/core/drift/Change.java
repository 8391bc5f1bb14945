package io.profilemesh.core.drift;

import org.jspecify.annotations.Nullable;

/** What changed, from what to what. */
public sealed interface Change {

  /**
   * A number that moved; all but the effect in the metric's unit.
   *
   * @param spread spread of the column in the baseline; null where the metric has none
   * @param effect size on the common scale of severities
   * @param effectLower lower end of the effect's interval, at 95 % confidence, not below 0
   * @param effectUpper upper end of that interval
   * @param samplingError part of the change that chance may explain
   * @param sketchError part of the change that sketches or samples may explain
   * @param significance probability of such a change by chance, corrected for all that was tested;
   *     null where it was compared with one run only
   */
  record OfNumber(
      double baseline,
      double current,
      @Nullable Double spread,
      double effect,
      double effectLower,
      double effectUpper,
      double samplingError,
      double sketchError,
      @Nullable Double significance)
      implements Change {

    /** Current minus baseline. */
    public double absolute() {
      return current - baseline;
    }

    /** The change in percent of the baseline; null against a baseline of zero. */
    public @Nullable Double percent() {
      return baseline == 0 ? null : 100 * (current - baseline) / Math.abs(baseline);
    }
  }

  /** Something that is no number; null where it did not exist. */
  record OfText(@Nullable String baseline, @Nullable String current) implements Change {}
}
