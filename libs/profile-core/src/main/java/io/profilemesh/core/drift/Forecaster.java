package io.profilemesh.core.drift;

import io.profilemesh.core.statistics.OrderStatistics;
import io.profilemesh.core.statistics.StudentT;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts the next number of a series in the simple ways that data loads follow, and takes the
 * one that would have been wrong least so far: the median of the last three, of the last seven or
 * of all, the last three carried on by the usual step (a trend), the median of the last three or of
 * all numbers of the same phase (a season).
 *
 * <p>Each way is tried on every past number with nothing but those before it. Its errors, not the
 * spread of the numbers, say how far off the next number may be.
 */
final class Forecaster {

  /** One odd run among so many does not become the expectation of the next. */
  private static final int NEWEST = 3;

  private static final int RECENT = 7;
  private static final int STEPS = 14;
  private static final int PHASES = 3;
  private static final int FEWEST_OF_PHASE = 2;

  /** The first numbers have too little before them to be forecast. */
  private static final int FIRST = 3;

  private static final int FEWEST_ERRORS = 4;
  private static final double MOST_FREEDOM = 30;

  private final double[] series;
  private final int[] phases;
  private final double[] scratch;

  private enum Method {
    LAST,
    RECENT,
    ALL,
    TREND,
    PHASE_RECENT,
    PHASE
  }

  /**
   * For one series.
   *
   * @param series oldest first
   * @param phases of each number, and of the next one at the end
   */
  Forecaster(double[] series, int[] phases) {
    if (phases.length != series.length + 1) {
      throw new IllegalArgumentException("every number has a phase, and so has the next one");
    }
    this.series = series;
    this.phases = phases;
    this.scratch = new double[series.length + 1];
  }

  /** The forecast; empty when the series is too short for any. */
  Optional<Forecast> next(StrategyKind strategy) {
    if (series.length == 0) {
      return Optional.empty();
    }
    if (isConstant()) {
      return Optional.of(
          new Forecast(series[0], 0, freedom(series.length), true, "constant", series.length));
    }
    Optional<Forecast> best = best(strategy);
    // Too few of the phase: all of the window say what they can.
    return best.isEmpty() && strategy == StrategyKind.SEASONAL ? best(StrategyKind.WINDOW) : best;
  }

  private Optional<Forecast> best(StrategyKind strategy) {
    Forecast best = null;
    double narrowest = Double.POSITIVE_INFINITY;
    for (Method method : Method.values()) {
      if (suits(method, strategy)) {
        Forecast forecast = forecast(method);
        double width = forecast == null ? Double.POSITIVE_INFINITY : width(forecast);
        if (width < narrowest) {
          narrowest = width;
          best = forecast;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** Few errors may be small by luck, so what counts is the bound that follows from them. */
  private static double width(Forecast forecast) {
    return forecast.scale()
        * StudentT.critical(StudentT.ONE_IN_THOUSAND, Math.max(3, forecast.freedom()));
  }

  private static boolean suits(Method method, StrategyKind strategy) {
    boolean ofPhase = method == Method.PHASE || method == Method.PHASE_RECENT;
    return strategy == StrategyKind.AUTO || (strategy == StrategyKind.SEASONAL) == ofPhase;
  }

  private @Nullable Forecast forecast(Method method) {
    double[] medians = method == Method.ALL ? mediansBefore() : null;
    double expected = predict(method, series.length, medians);
    if (Double.isNaN(expected)) {
      return null;
    }
    double[] errors = new double[series.length];
    int count = 0;
    for (int at = FIRST; at < series.length; at++) {
      double predicted = predict(method, at, medians);
      if (!Double.isNaN(predicted)) {
        errors[count++] = series[at] - predicted;
      }
    }
    if (count < FEWEST_ERRORS) {
      return null;
    }
    return new Forecast(
        expected,
        OrderStatistics.scale(Arrays.copyOf(errors, count)),
        freedom(count),
        false,
        method.name().toLowerCase(Locale.ROOT),
        series.length);
  }

  /** The number at a place as forecast from those before it; NaN when they are too few. */
  private double predict(Method method, int at, double @Nullable [] medians) {
    return switch (method) {
      case LAST -> medianOf(Math.max(0, at - NEWEST), at);
      case RECENT -> medianOf(Math.max(0, at - RECENT), at);
      case ALL -> medians == null ? Double.NaN : medians[at];
      case TREND -> trend(at);
      case PHASE_RECENT -> phase(at, PHASES);
      case PHASE -> phase(at, Integer.MAX_VALUE);
    };
  }

  /** The median of all numbers before each place, and before the next one. */
  private double[] mediansBefore() {
    double[] medians = new double[series.length + 1];
    double[] sorted = new double[series.length];
    medians[0] = Double.NaN;
    for (int at = 0; at < series.length; at++) {
      int place = Arrays.binarySearch(sorted, 0, at, series[at]);
      int from = place < 0 ? -place - 1 : place;
      System.arraycopy(sorted, from, sorted, from + 1, at - from);
      sorted[from] = series[at];
      medians[at + 1] = OrderStatistics.medianOfSorted(sorted, 0, at + 1);
    }
    return medians;
  }

  private double medianOf(int from, int to) {
    System.arraycopy(series, from, scratch, 0, to - from);
    return medianOfScratch(to - from);
  }

  private double trend(int at) {
    int steps = Math.min(STEPS, at - 1);
    if (steps < FIRST) {
      return Double.NaN;
    }
    for (int i = 0; i < steps; i++) {
      scratch[i] = series[at - 1 - i] - series[at - 2 - i];
    }
    double step = medianOfScratch(steps);
    for (int i = 0; i < NEWEST; i++) {
      scratch[i] = series[at - 1 - i] + (i + 1) * step;
    }
    return medianOfScratch(NEWEST);
  }

  private double phase(int at, int most) {
    int count = 0;
    for (int i = at - 1; i >= 0 && count < most; i--) {
      if (phases[i] == phases[at]) {
        scratch[count++] = series[i];
      }
    }
    return count < FEWEST_OF_PHASE ? Double.NaN : medianOfScratch(count);
  }

  private double medianOfScratch(int count) {
    Arrays.sort(scratch, 0, count);
    return OrderStatistics.medianOfSorted(scratch, 0, count);
  }

  private boolean isConstant() {
    for (double value : series) {
      if (value != series[0]) {
        return false;
      }
    }
    return true;
  }

  private static double freedom(int count) {
    return Math.max(1, Math.min(MOST_FREEDOM, count - 1));
  }
}
