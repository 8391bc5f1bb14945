package io.profilemesh.core.drift;

import io.profilemesh.core.statistics.CountTails;
import java.util.Arrays;

/**
 * A share as what it is: so many of so many values. History says how far it wanders beyond what
 * counting explains; a run of few values may be farther off, one of many less.
 *
 * @param seen values that had it in the runs it is expected from
 * @param trials values of these runs
 * @param usual values that a run usually has
 * @param runs that history has
 */
record SampledShare(double seen, double trials, double usual, int runs) {

  /** With so many runs history knows half of how far a share wanders beyond counting. */
  private static final double RUNS_TO_KNOW = 20;

  /**
   * For a share between 0 and 1.
   *
   * @param shares that it had, by run
   * @param usual values that a run usually has
   */
  static SampledShare of(Forecast forecast, double[] shares, double expected, double usual) {
    double runs = Math.max(1, forecast.support());
    double values = Math.max(1, usual);
    boolean all = forecast.support() == shares.length;
    double share = all ? Arrays.stream(shares).average().orElse(expected) : expected;
    return new SampledShare(share * runs * values, runs * values, values, forecast.runs());
  }

  /** Standard deviation of the share among so many values; what history adds is kept. */
  double scale(double ofHistory, double values) {
    double p = (seen + 0.5) / (trials + 1);
    double variance = p * (1 - p);
    double unknown = variance / usual * RUNS_TO_KNOW / Math.max(1, runs);
    double beyond = Math.max(unknown, ofHistory * ofHistory - variance / usual);
    return Math.sqrt(beyond + variance / Math.max(1, values));
  }

  /** Probability of such a share among so many values by counting alone. */
  double probability(double share, double values) {
    return CountTails.twoSided(Math.round(share * values), Math.round(values), seen, trials);
  }
}
