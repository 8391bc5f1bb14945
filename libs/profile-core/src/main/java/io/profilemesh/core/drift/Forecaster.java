package io.profilemesh.core.drift;

import io.profilemesh.core.statistics.OrderStatistics;
import io.profilemesh.core.statistics.StudentT;
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

  private static final int FEWEST_ERRORS = 4;
  private static final double MOST_FREEDOM = 30;

  /** So much wider that no rounding makes it narrower. */
  private static final double CLEARLY = 1 + 1e-9;

  private final double[] series;
  private final PastForecasts past;

  private enum Method {
    LAST,
    RECENT,
    ALL,
    TREND,
    PHASE_RECENT,
    PHASE;

    boolean isOfPhase() {
      return this == PHASE || this == PHASE_RECENT;
    }
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
    this.past = new PastForecasts(series, phases);
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
    if (series.length < PastForecasts.FIRST + FEWEST_ERRORS) {
      return Optional.empty();
    }
    Optional<Forecast> best = best(strategy);
    // Too few of the phase: all of the window say what they can.
    return best.isEmpty() && strategy == StrategyKind.SEASONAL ? best(StrategyKind.WINDOW) : best;
  }

  private Optional<Forecast> best(StrategyKind strategy) {
    // Of one phase only, its forecasts are those of all runs.
    boolean seasons = strategy == StrategyKind.SEASONAL || !past.isOnePhase();
    Forecast best = null;
    double narrowest = Double.POSITIVE_INFINITY;
    for (Method method : Method.values()) {
      if (suits(method, strategy) && (seasons || !method.isOfPhase())) {
        Forecast forecast = forecast(method, narrowest);
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
    return forecast.scale() * widening(forecast.freedom());
  }

  private static double widening(double freedom) {
    return StudentT.critical(StudentT.ONE_IN_THOUSAND, Math.max(3, freedom));
  }

  private static boolean suits(Method method, StrategyKind strategy) {
    return strategy == StrategyKind.AUTO
        || (strategy == StrategyKind.SEASONAL) == method.isOfPhase();
  }

  /**
   * The forecast of a method; null when there is none, or when its bound is not narrower than
   * another's.
   */
  private @Nullable Forecast forecast(Method method, double narrowest) {
    double[] forecasts = past(method);
    double expected = forecasts[series.length];
    if (Double.isNaN(expected)) {
      return null;
    }
    double[] errors = PastForecasts.errors(series, forecasts);
    if (errors.length < FEWEST_ERRORS) {
      return null;
    }
    double freedom = freedom(errors.length);
    if (OrderStatistics.isScaleAtLeast(errors, CLEARLY * narrowest / widening(freedom))) {
      return null;
    }
    return new Forecast(
        expected,
        OrderStatistics.scale(errors),
        freedom,
        false,
        method.name().toLowerCase(Locale.ROOT),
        series.length);
  }

  private double[] past(Method method) {
    return switch (method) {
      case LAST -> past.last();
      case RECENT -> past.recent();
      case ALL -> past.all();
      case TREND -> past.trend();
      case PHASE_RECENT -> past.recentOfPhase();
      case PHASE -> past.allOfPhase();
    };
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
