package io.profilemesh.core.drift;

import java.util.Arrays;

/**
 * What each way of forecasting would have said of every number of a series, from nothing but the
 * numbers before it. Windows slide and stay sorted, so that a series costs little more than its
 * length: this is where judging spends its time.
 */
final class PastForecasts {

  /** The first numbers have too little before them to be forecast. */
  static final int FIRST = 3;

  /** One odd run among so many does not become the expectation of the next. */
  static final int NEWEST = 3;

  static final int RECENT = 7;
  private static final int STEPS = 14;
  static final int FEWEST_OF_PHASE = 2;

  private final double[] series;
  private final int[] phases;
  private final double[] sorted;

  /**
   * For one series.
   *
   * @param phases of each number, and of the next one at the end
   */
  PastForecasts(double[] series, int[] phases) {
    this.series = series;
    this.phases = phases;
    this.sorted = new double[series.length + 1];
  }

  /** Whether every number, and the next one, has the same phase. */
  boolean isOnePhase() {
    for (int phase : phases) {
      if (phase != phases[0]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The median of the newest three: at each place from {@link #FIRST} on, the next one included.
   */
  double[] last() {
    double[] forecasts = new double[series.length + 1];
    for (int at = FIRST; at < forecasts.length; at++) {
      forecasts[at] = median(series[at - 3], series[at - 2], series[at - 1]);
    }
    return forecasts;
  }

  /** The median of the newest seven. */
  double[] recent() {
    return sliding(series, 0, RECENT);
  }

  /** The median of all. */
  double[] all() {
    return sliding(series, 0, series.length);
  }

  /** The newest three carried on by the usual step; {@code NaN} where steps are too few. */
  double[] trend() {
    double[] steps = new double[series.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = series[i + 1] - series[i];
    }
    double[] usual = sliding(steps, 1, STEPS);
    double[] forecasts = new double[series.length + 1];
    forecasts[FIRST] = Double.NaN;
    for (int at = FIRST + 1; at < forecasts.length; at++) {
      double step = usual[at];
      forecasts[at] =
          median(series[at - 1] + step, series[at - 2] + 2 * step, series[at - 3] + 3 * step);
    }
    return forecasts;
  }

  /** The median of the newest three of the phase; {@code NaN} where there are fewer than two. */
  double[] recentOfPhase() {
    return ofPhase(NEWEST);
  }

  /** The median of all of the phase; {@code NaN} where there are fewer than two. */
  double[] allOfPhase() {
    return ofPhase(Integer.MAX_VALUE);
  }

  /**
   * The median of the newest three of the phase, each moved by how the level changed since: the
   * median of the season before it, and of the one before the place; {@code NaN} where there is
   * none.
   */
  double[] ofPhaseAtLevel() {
    double[] forecasts = new double[series.length + 1];
    double[] levels = new double[series.length + 1];
    for (int at = 0; at < forecasts.length; at++) {
      int from = earlier(at);
      levels[at] = from < 0 ? Double.NaN : medianOf(from, at);
      int count = 0;
      double[] moved = new double[NEWEST];
      for (int i = from; i >= 0 && count < NEWEST; i = earlier(i)) {
        if (!Double.isNaN(levels[i])) {
          moved[count++] = series[i] + levels[at] - levels[i];
        }
      }
      for (int i = 0; i < count; i++) {
        insert(moved[i], i);
      }
      forecasts[at] = count == 0 ? Double.NaN : medianOfSorted(count);
    }
    return forecasts;
  }

  private double medianOf(int from, int to) {
    for (int i = from; i < to; i++) {
      insert(series[i], i - from);
    }
    return medianOfSorted(to - from);
  }

  /** The last place before with the same phase; -1 when there is none. */
  private int earlier(int at) {
    int i = at - 1;
    while (i >= 0 && phases[i] != phases[at]) {
      i--;
    }
    return i;
  }

  private double[] ofPhase(int most) {
    double[] forecasts = new double[series.length + 1];
    for (int at = FIRST; at < forecasts.length; at++) {
      int count = 0;
      for (int i = at - 1; i >= 0 && count < most; i--) {
        if (phases[i] == phases[at]) {
          insert(series[i], count++);
        }
      }
      forecasts[at] = count < FEWEST_OF_PHASE ? Double.NaN : medianOfSorted(count);
    }
    return forecasts;
  }

  /**
   * Medians of windows of at most {@code most} numbers that end {@code late} + 1 places before the
   * place they speak of.
   */
  private double[] sliding(double[] numbers, int late, int most) {
    double[] medians = new double[series.length + 1];
    int count = 0;
    for (int i = 0; i + late + 1 < medians.length; i++) {
      if (count == most) {
        count = remove(numbers[i - most], count);
      }
      insert(numbers[i], count++);
      int at = i + late + 1;
      if (at >= FIRST) {
        medians[at] = medianOfSorted(count);
      }
    }
    return medians;
  }

  private void insert(double number, int count) {
    int place = count;
    while (place > 0 && sorted[place - 1] > number) {
      sorted[place] = sorted[place - 1];
      place--;
    }
    sorted[place] = number;
  }

  private int remove(double number, int count) {
    int place = 0;
    while (sorted[place] != number) {
      place++;
    }
    System.arraycopy(sorted, place + 1, sorted, place, count - place - 1);
    return count - 1;
  }

  private double medianOfSorted(int count) {
    int middle = count >>> 1;
    return (count & 1) == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /** Errors of forecasts that were made. */
  static double[] errors(double[] series, double[] forecasts) {
    double[] errors = new double[series.length];
    int count = 0;
    for (int at = FIRST; at < series.length; at++) {
      if (!Double.isNaN(forecasts[at])) {
        errors[count++] = series[at] - forecasts[at];
      }
    }
    return count == errors.length ? errors : Arrays.copyOf(errors, count);
  }
}
