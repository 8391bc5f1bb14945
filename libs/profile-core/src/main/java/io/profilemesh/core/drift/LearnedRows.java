package io.profilemesh.core.drift;

import java.util.Arrays;
import java.util.Optional;

/**
 * The forecast of a number of rows. Loads that differ by a season or grow do so in proportion, so
 * their logarithms are tried beside the numbers, and what gives the narrower bound counts.
 */
final class LearnedRows {

  private LearnedRows() {}

  /** The forecast beside a number of rows, in rows; empty when history is too short. */
  static Optional<Forecast> next(double[] rows, double now, int[] phases, StrategyKind strategy) {
    Optional<Forecast> plain = new Forecaster(rows, phases).nextAtLevel(strategy);
    boolean positive = now > 0 && Arrays.stream(rows).allMatch(one -> one > 0);
    if (plain.isEmpty() || plain.get().constant() || !positive) {
      return plain;
    }
    double[] logarithms = Arrays.stream(rows).map(Math::log).toArray();
    return new Forecaster(logarithms, phases)
        .nextAtLevel(strategy)
        .filter(one -> width(one, 1) < width(plain.get(), plain.get().expected()))
        .map(one -> Optional.of(inRows(one, now)))
        .orElse(plain);
  }

  private static double width(Forecast forecast, double expected) {
    return Forecaster.width(forecast) / Math.abs(expected);
  }

  /** As seen from the number of rows that is there: so many scales away as their logarithms. */
  private static Forecast inRows(Forecast logarithm, double now) {
    double expected = Math.exp(logarithm.expected());
    double away = Math.log(now) - logarithm.expected();
    double perUnit = Math.abs(away) < 1e-9 ? expected : (now - expected) / away;
    return new Forecast(
        expected,
        logarithm.scale() * perUnit,
        logarithm.freedom(),
        false,
        logarithm.method(),
        logarithm.runs(),
        logarithm.support());
  }
}
