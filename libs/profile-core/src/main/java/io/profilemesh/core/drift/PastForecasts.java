package io.profilemesh.core.drift;

import io.profilemesh.core.statistics.OrderStatistics;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What each way of forecasting would have said of every number of a series, from nothing but the
 * numbers before it. This is where judging spends its time: the numbers are sorted once, and a
 * window is then a set of places in that order, one bit each, whose middle is found by counting
 * bits. Series longer than a word has bits slide sorted windows.
 */
final class PastForecasts {

  /** The first numbers have too little before them to be forecast. */
  static final int FIRST = 3;

  /** One odd run among so many does not become the expectation of the next. */
  static final int NEWEST = 3;

  static final int RECENT = 7;
  private static final int STEPS = 14;
  static final int FEWEST_OF_PHASE = 2;

  /** For as many numbers a class holds one on average, or two. */
  private static final int CLASSES = 64;

  /** Hours, days of the week and months are no more. */
  private static final int FEW_PHASES = 32;

  private final double[] series;
  private final int[] phases;
  private final double[] sorted;

  /** Which number stands at a place of {@link #sorted}, while it holds the whole series. */
  private final byte[] order;

  /** The place of each number in {@link #sorted}, as a bit; null: not sorted yet. */
  private long @Nullable [] places;

  private int @Nullable [] earlier;

  /** What every way writes its forecasts into. */
  private final double[] forecasts;

  /**
   * For one series.
   *
   * @param phases of each number, and of the next one at the end
   */
  PastForecasts(double[] series, int[] phases) {
    this.series = series;
    this.phases = phases;
    this.sorted = new double[series.length + 1];
    this.order = new byte[sorted.length];
    this.forecasts = new double[sorted.length];
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
   * This array, as that of every other way, is good until the next way is asked for.
   */
  double[] last() {
    for (int at = FIRST; at < forecasts.length; at++) {
      forecasts[at] = median(series[at - 3], series[at - 2], series[at - 1]);
    }
    return forecasts;
  }

  /** The median of the newest seven. */
  double[] recent() {
    if (isLong()) {
      return sliding(RECENT);
    }
    long[] bits = places();
    long window = 0;
    for (int at = 1; at < forecasts.length; at++) {
      window |= bits[at - 1];
      if (at > RECENT) {
        window &= ~bits[at - 1 - RECENT];
      }
      if (at >= FIRST) {
        forecasts[at] = medianOf(window, Math.min(at, RECENT));
      }
    }
    return forecasts;
  }

  /** The median of all. */
  double[] all() {
    if (isLong()) {
      return sliding(series.length);
    }
    return growing(places());
  }

  /** Whether a set does not fit into a number that is not negative. */
  private boolean isLong() {
    return series.length >= Long.SIZE;
  }

  private long[] places() {
    long[] known = places;
    return known == null ? sort() : known;
  }

  /** Sorts the series; the median of all is then at hand at each place. */
  private long[] sort() {
    scatter();
    for (int i = 1; i < series.length; i++) {
      double number = sorted[i];
      byte index = order[i];
      int place = i;
      while (place > 0 && sorted[place - 1] > number) {
        sorted[place] = sorted[place - 1];
        order[place] = order[place - 1];
        place--;
      }
      sorted[place] = number;
      order[place] = index;
    }
    long[] bits = new long[series.length];
    for (int place = 0; place < bits.length; place++) {
      bits[order[place]] = 1L << place;
    }
    places = bits;
    return bits;
  }

  /** Puts the numbers into the order of a few classes of equal width, which is almost sorted. */
  private void scatter() {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double number : series) {
      least = Math.min(least, number);
      most = Math.max(most, number);
    }
    double perWidth = (CLASSES - 1) / (most - least);
    byte[] starts = new byte[CLASSES + 1];
    byte[] classes = new byte[series.length];
    for (int i = 0; i < series.length; i++) {
      byte one = (byte) Math.min(CLASSES - 1, (int) ((series[i] - least) * perWidth));
      classes[i] = one;
      starts[one + 1]++;
    }
    for (int i = 1; i < CLASSES; i++) {
      starts[i] += starts[i - 1];
    }
    for (int i = 0; i < series.length; i++) {
      int place = starts[classes[i]]++;
      sorted[place] = series[i];
      order[place] = (byte) i;
    }
  }

  /** Medians of sets that grow by a number at a time: the lower middle moves one place at most. */
  private double[] growing(long[] bits) {
    long set = 0;
    int lower = 0;
    for (int at = 1; at < forecasts.length; at++) {
      long bit = bits[at - 1];
      set |= bit;
      boolean odd = (at & 1) == 1;
      if (at == 1) {
        lower = Long.numberOfTrailingZeros(bit);
      } else if (bit < 1L << lower) {
        lower = odd ? lower : Long.SIZE - 1 - Long.numberOfLeadingZeros(set & (1L << lower) - 1);
      } else if (odd) {
        lower = Long.numberOfTrailingZeros(set & -2L << lower);
      }
      if (at >= FIRST) {
        double middle = sorted[lower];
        forecasts[at] =
            odd ? middle : (middle + sorted[Long.numberOfTrailingZeros(set & -2L << lower)]) / 2;
      }
    }
    return forecasts;
  }

  /** The median of a set of places, which are so many. */
  private double medianOf(long set, int count) {
    long rest = set;
    for (int i = (count - 1) >>> 1; i > 0; i--) {
      rest &= rest - 1;
    }
    double lower = sorted[Long.numberOfTrailingZeros(rest)];
    if ((count & 1) == 1) {
      return lower;
    }
    rest &= rest - 1;
    return (lower + sorted[Long.numberOfTrailingZeros(rest)]) / 2;
  }

  /** The newest three carried on by the usual step; {@code NaN} where steps are too few. */
  double[] trend() {
    double[] carried = trend(Double.POSITIVE_INFINITY);
    if (carried == null) {
      throw new IllegalStateException("no scale is infinite");
    }
    return carried;
  }

  /** How many errors {@link #trend} makes. */
  int trendErrors() {
    return Math.max(0, series.length - FIRST - 1);
  }

  /** The same; null as soon as it is certain that the scale of its errors is at least so much. */
  double @Nullable [] trend(double bound) {
    int enough = OrderStatistics.enoughWide(trendErrors());
    double wide = OrderStatistics.wide(bound);
    int beyond = 0;
    double[] steps = new double[STEPS];
    forecasts[FIRST] = Double.NaN;
    int count = 0;
    for (int at = 2; at < forecasts.length; at++) {
      double newest = series[at - 1] - series[at - 2];
      if (count < STEPS) {
        insert(steps, newest, count++);
      } else {
        replace(steps, series[at - 1 - STEPS] - series[at - 2 - STEPS], newest);
      }
      if (at <= FIRST) {
        continue;
      }
      int middle = count >>> 1;
      double step = (count & 1) == 1 ? steps[middle] : (steps[middle - 1] + steps[middle]) / 2;
      forecasts[at] =
          median(series[at - 1] + step, series[at - 2] + 2 * step, series[at - 3] + 3 * step);
      if (at < series.length) {
        beyond += Math.abs(series[at] - forecasts[at]) >= wide ? 1 : 0;
        if (beyond >= enough) {
          return null;
        }
      }
    }
    return forecasts;
  }

  /** The median of the newest three of the phase; {@code NaN} where there are fewer than two. */
  double[] recentOfPhase() {
    int[] earlier = earlier();
    for (int at = FIRST; at < forecasts.length; at++) {
      int newest = earlier[at];
      int second = newest < 0 ? -1 : earlier[newest];
      int third = second < 0 ? -1 : earlier[second];
      forecasts[at] =
          second < 0
              ? Double.NaN
              : third < 0
                  ? (series[newest] + series[second]) / 2
                  : median(series[newest], series[second], series[third]);
    }
    return forecasts;
  }

  /** The median of all of the phase; {@code NaN} where there are fewer than two. */
  double[] allOfPhase() {
    if (isLong()) {
      return ofPhase();
    }
    long[] bits = places();
    int[] earlier = earlier();
    // Those of the phase up to and with each number, and how many they are.
    long[] sets = new long[forecasts.length];
    byte[] counts = new byte[forecasts.length];
    for (int at = 0; at < forecasts.length; at++) {
      int newest = earlier[at];
      long set = newest < 0 ? 0 : sets[newest];
      int count = newest < 0 ? 0 : counts[newest];
      if (at >= FIRST) {
        forecasts[at] = count < FEWEST_OF_PHASE ? Double.NaN : medianOf(set, count);
      }
      if (at < bits.length) {
        sets[at] = set | bits[at];
        counts[at] = (byte) (count + 1);
      }
    }
    return forecasts;
  }

  /**
   * The median of the newest three of the phase, each moved by how the level changed since: the
   * median of the season before it, and of the one before the place; {@code NaN} where there is
   * none.
   */
  double[] ofPhaseAtLevel() {
    places = null;
    int[] earlier = earlier();
    double[] levels = new double[series.length + 1];
    for (int at = 0; at < forecasts.length; at++) {
      int from = earlier[at];
      levels[at] = from < 0 ? Double.NaN : medianOf(from, at);
      int count = 0;
      double[] moved = new double[NEWEST];
      for (int i = from; i >= 0 && count < NEWEST; i = earlier[i]) {
        if (!Double.isNaN(levels[i])) {
          moved[count++] = series[i] + levels[at] - levels[i];
        }
      }
      for (int i = 0; i < count; i++) {
        insert(sorted, moved[i], i);
      }
      forecasts[at] = count == 0 ? Double.NaN : medianOfSorted(count);
    }
    return forecasts;
  }

  private double medianOf(int from, int to) {
    for (int i = from; i < to; i++) {
      insert(sorted, series[i], i - from);
    }
    return medianOfSorted(to - from);
  }

  /** The last place before each with the same phase; -1 where there is none. */
  private int[] earlier() {
    int[] known = earlier;
    if (known == null) {
      known = new int[phases.length];
      int[] newest = new int[FEW_PHASES];
      Arrays.fill(newest, -1);
      for (int at = 0; at < known.length; at++) {
        int phase = phases[at];
        if (phase >= 0 && phase < FEW_PHASES) {
          known[at] = newest[phase];
          newest[phase] = at;
        } else {
          int before = at - 1;
          while (before >= 0 && phases[before] != phase) {
            before--;
          }
          known[at] = before;
        }
      }
      earlier = known;
    }
    return known;
  }

  private double[] ofPhase() {
    int[] earlier = earlier();
    for (int at = FIRST; at < forecasts.length; at++) {
      int count = 0;
      for (int i = earlier[at]; i >= 0; i = earlier[i]) {
        insert(sorted, series[i], count++);
      }
      forecasts[at] = count < FEWEST_OF_PHASE ? Double.NaN : medianOfSorted(count);
    }
    return forecasts;
  }

  /** Medians of windows of at most {@code most} numbers that end before each place. */
  private double[] sliding(int most) {
    int count = 0;
    for (int i = 0; i < series.length; i++) {
      if (count == most) {
        count = remove(series[i - most], count);
      }
      insert(sorted, series[i], count++);
      if (i + 1 >= FIRST) {
        forecasts[i + 1] = medianOfSorted(count);
      }
    }
    return forecasts;
  }

  private static void insert(double[] window, double number, int count) {
    int place = count;
    while (place > 0 && window[place - 1] > number) {
      window[place] = window[place - 1];
      place--;
    }
    window[place] = number;
  }

  private int remove(double number, int count) {
    int place = 0;
    while (sorted[place] != number) {
      place++;
    }
    System.arraycopy(sorted, place + 1, sorted, place, count - place - 1);
    return count - 1;
  }

  /** Puts another number in the place of one that a full sorted window holds. */
  private static void replace(double[] window, double old, double number) {
    int place = 0;
    while (window[place] != old) {
      place++;
    }
    while (place > 0 && window[place - 1] > number) {
      window[place] = window[place - 1];
      place--;
    }
    while (place < window.length - 1 && window[place + 1] < number) {
      window[place] = window[place + 1];
      place++;
    }
    window[place] = number;
  }

  private double medianOfSorted(int count) {
    int middle = count >>> 1;
    return (count & 1) == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /**
   * Writes the errors of forecasts that were made.
   *
   * @param errors with room for one of each number
   * @return how many they are
   */
  static int errors(double[] series, double[] forecasts, double[] errors) {
    int count = 0;
    for (int at = FIRST; at < series.length; at++) {
      if (!Double.isNaN(forecasts[at])) {
        errors[count++] = series[at] - forecasts[at];
      }
    }
    return count;
  }
}
