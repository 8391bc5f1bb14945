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
 * spread of the numbers, say how far off the next number may be: their scale how far usually, the
 * third largest of them how heavy the tail is.
 */
final class Forecaster {

  private static final int FEWEST_ERRORS = 4;

  /** A season that nobody asked for must have proved itself. */
  private static final int FEWEST_OF_SEASONS = 8;

  private static final double MOST_FREEDOM = 30;

  /** Fewer errors may all be none by luck. */
  private static final int ENOUGH_WITHOUT_ERROR = 20;

  /** So much wider that no rounding makes it narrower. */
  private static final double CLEARLY = 1 + 1e-9;

  /** By whole degrees of freedom, for they hardly are anything else. */
  private static final double[] WIDENINGS = widenings();

  private static final Method[] METHODS = Method.values();

  private final double[] series;
  private final PastForecasts past;
  private final double[] errors;
  private final double[] sizes;
  private boolean level;
  private boolean seasonal;

  /** In the order in which they are preferred when none was ever wrong. */
  private enum Method {
    ALL,
    RECENT,
    LAST,
    TREND,
    PHASE_RECENT,
    PHASE,
    PHASE_LEVEL;

    private final String words = name().toLowerCase(Locale.ROOT);

    boolean isOfPhase() {
      return this == PHASE || this == PHASE_RECENT || this == PHASE_LEVEL;
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
    this.errors = new double[series.length];
    this.sizes = new double[series.length];
  }

  /** The forecast, numbers of a season moved with the level among its ways. */
  Optional<Forecast> nextAtLevel(StrategyKind strategy) {
    level = true;
    return next(strategy);
  }

  /** The forecast; empty when the series is too short for any. */
  Optional<Forecast> next(StrategyKind strategy) {
    seasonal = strategy == StrategyKind.SEASONAL;
    if (series.length == 0) {
      return Optional.empty();
    }
    if (isConstant()) {
      return Optional.of(
          new Forecast(
              series[0],
              0,
              freedom(series.length),
              true,
              "constant",
              series.length,
              series.length));
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
    for (Method method : METHODS) {
      if (suits(method, strategy)
          && (level || method != Method.PHASE_LEVEL)
          && (seasons || !method.isOfPhase())) {
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
  static double width(Forecast forecast) {
    return forecast.scale() * widening(forecast.freedom());
  }

  private static double widening(double freedom) {
    int whole = (int) freedom;
    return whole == freedom && whole < WIDENINGS.length ? WIDENINGS[whole] : computed(freedom);
  }

  private static double[] widenings() {
    double[] widenings = new double[(int) MOST_FREEDOM + 1];
    Arrays.setAll(widenings, Forecaster::computed);
    return widenings;
  }

  private static double computed(double freedom) {
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
    double[] forecasts = past(method, narrowest);
    if (forecasts == null) {
      return null;
    }
    double expected = forecasts[series.length];
    if (Double.isNaN(expected)) {
      return null;
    }
    int count = PastForecasts.errors(series, forecasts, errors);
    int fewest = method.isOfPhase() && !seasonal ? FEWEST_OF_SEASONS : FEWEST_ERRORS;
    if (count < fewest) {
      return null;
    }
    double freedom = freedom(count);
    if (OrderStatistics.isScaleAtLeast(errors, count, bound(narrowest, freedom))) {
      return null;
    }
    double scale = OrderStatistics.scale(errors, count, sizes);
    if (scale == 0 && count < ENOUGH_WITHOUT_ERROR) {
      return null;
    }
    return new Forecast(
        expected,
        scale,
        Math.min(freedom, TailWeight.freedom(errors, count, scale)),
        false,
        method.words,
        series.length,
        support(method));
  }

  /** Numbers that an expected one is the middle of. */
  private int support(Method method) {
    return switch (method) {
      case ALL -> series.length;
      case RECENT -> Math.min(PastForecasts.RECENT, series.length);
      case LAST, TREND, PHASE_RECENT, PHASE_LEVEL -> PastForecasts.NEWEST;
      case PHASE -> PastForecasts.FEWEST_OF_PHASE;
    };
  }

  /** The scale from which a forecast is no narrower. */
  private static double bound(double narrowest, double freedom) {
    return CLEARLY * narrowest / widening(freedom);
  }

  private double @Nullable [] past(Method method, double narrowest) {
    return switch (method) {
      case LAST -> past.last();
      case RECENT -> past.recent();
      case ALL -> past.all();
      case TREND -> past.trend(bound(narrowest, freedom(past.trendErrors())));
      case PHASE_RECENT -> past.recentOfPhase();
      case PHASE -> past.allOfPhase();
      case PHASE_LEVEL -> past.ofPhaseAtLevel();
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
