package io.profilemesh.core.drift;

/**
 * What a series of numbers lets expect of the next one.
 *
 * @param expected the number
 * @param scale standard deviation of the errors that the same way of forecasting made so far, heavy
 *     tails counted; 0 when it was never wrong
 * @param freedom degrees of freedom behind the scale, at least 1
 * @param constant whether the series never moved
 * @param method how it was forecast, for people
 * @param runs numbers it was learned from
 * @param support numbers that the expected one is the middle of
 */
record Forecast(
    double expected,
    double scale,
    double freedom,
    boolean constant,
    String method,
    int runs,
    int support) {

  /** The same of a number that is larger by a known amount. */
  Forecast shifted(double by) {
    return new Forecast(expected + by, scale, freedom, constant, method, runs, support);
  }
}
