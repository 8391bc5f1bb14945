package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.FrequentValues.FrequentValue;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.statistics.OrderStatistics;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column through its runs, as series of numbers.
 *
 * @param past oldest first, at least one
 * @param phases of the runs of {@code past}, and of the one under test at the end
 * @param changes what people said of earlier changes
 */
record ColumnSeries(List<ColumnView> past, int[] phases, KnownChanges changes) {

  /** Runs that say what is usual now. */
  private static final int RECENT = 15;

  /** Quartiles of a normal distribution lie so many standard deviations apart. */
  private static final double QUARTILES = 1.3489795003921634;

  private static final double MINUTE = 60_000;
  private static final int LOWER = Quantiles.RANKS.indexOf(0.25);
  private static final int UPPER = Quantiles.RANKS.indexOf(0.75);

  /** The numbers of a series that are there, with their phases; nobody changes either. */
  record Numbers(double[] values, int[] phases) {}

  ColumnView last() {
    return past.get(past.size() - 1);
  }

  /** The series of a number; {@code NaN} where a run does not have it. */
  Numbers numbers(ToDoubleFunction<ColumnView> number) {
    double[] values = new double[past.size()];
    int[] kept = new int[past.size() + 1];
    int count = 0;
    for (int i = 0; i < past.size(); i++) {
      double value = number.applyAsDouble(past.get(i));
      if (!Double.isNaN(value)) {
        values[count] = value;
        kept[count++] = phases[i];
      }
    }
    if (count == values.length) {
      return new Numbers(values, phases);
    }
    kept[count] = phases[past.size()];
    return new Numbers(Arrays.copyOf(values, count), Arrays.copyOf(kept, count + 1));
  }

  /**
   * The series of a number at the level that people expected it to have by now.
   *
   * @param groups whose expected changes moved it
   */
  Numbers numbers(ToDoubleFunction<ColumnView> number, MetricGroup... groups) {
    Numbers numbers = numbers(number);
    List<Instant> since = since(groups);
    if (since.isEmpty()) {
      return numbers;
    }
    Instant[] at =
        past.stream()
            .filter(view -> !Double.isNaN(number.applyAsDouble(view)))
            .map(ColumnView::at)
            .toArray(Instant[]::new);
    return new Numbers(Levels.present(numbers.values(), at, since), numbers.phases());
  }

  /** First runs of the changes that people expected of some groups, in the order of time. */
  List<Instant> since(MetricGroup... groups) {
    return changes.levels(last().profile().name(), groups);
  }

  /** Runs in which changes began that people expected: what they measured is normal. */
  List<ColumnView> normal(MetricGroup... groups) {
    List<Instant> since = since(groups);
    return since.isEmpty()
        ? List.of()
        : past.stream().filter(view -> since.contains(view.at())).toList();
  }

  /** What a number usually is of late; {@code NaN} when no run has it. */
  double usual(ToDoubleFunction<ColumnView> number) {
    int size = past.size();
    double[] recent = new double[Math.min(RECENT, size)];
    int count = 0;
    for (int i = size - recent.length; i < size; i++) {
      double value = number.applyAsDouble(past.get(i));
      if (!Double.isNaN(value)) {
        recent[count++] = value;
      }
    }
    Arrays.sort(recent, 0, count);
    return count == 0 ? Double.NaN : OrderStatistics.medianOfSorted(recent, 0, count);
  }

  /** What the last numbers of a series usually are; {@code NaN} when there are none. */
  static double usual(Numbers numbers) {
    double[] values = numbers.values();
    return values.length == 0
        ? Double.NaN
        : OrderStatistics.median(
            Arrays.copyOfRange(values, Math.max(0, values.length - RECENT), values.length));
  }

  /** Standard deviation that the values usually have; {@code NaN} when it is not known. */
  double spread() {
    boolean temporal = last().type().isTemporal();
    double spread =
        temporal ? Double.NaN : usual(view -> view.numberOr(Metric.STANDARD_DEVIATION, Double.NaN));
    if (!Double.isNaN(spread)) {
      return spread;
    }
    double quartiles = usual(view -> quantile(view, UPPER) - quantile(view, LOWER)) / QUARTILES;
    return temporal ? Math.max(MINUTE, quartiles) : quartiles;
  }

  /** Standard deviation of the values of one run; {@code NaN} when it is not known. */
  static double spread(ColumnView run) {
    return new ColumnSeries(List.of(run), new int[2], KnownChanges.NONE).spread();
  }

  /** All quantiles of {@link Quantiles#RANKS}; {@code NaN} when there are none. */
  static double[] quantiles(ColumnView view) {
    double[] quantiles = new double[Quantiles.RANKS.size()];
    Arrays.setAll(quantiles, i -> quantile(view, i));
    return quantiles;
  }

  /** The quantile of an index of {@link Quantiles#RANKS}; {@code NaN} when there is none. */
  static double quantile(ColumnView view, int index) {
    Quantiles quantiles = view.profile().quantiles();
    return quantiles == null
            || (quantiles.ranks() != Quantiles.RANKS && !quantiles.ranks().equals(Quantiles.RANKS))
        ? Double.NaN
        : quantiles.values().get(index);
  }

  /** Shares of the frequent values by key, 0 to 1; null when the run does not have them. */
  static @Nullable Map<String, Double> shares(ColumnProfile column) {
    FrequentValues frequent = column.frequentValues();
    if (frequent == null || frequent.total() <= 0 || frequent.values().isEmpty()) {
      return null;
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    for (FrequentValue value : frequent.values()) {
      if (value.value() != null || value.hash() != null) {
        shares.put(Category.key(value), (double) value.count() / frequent.total());
      }
    }
    return shares;
  }

  /** The largest share that a value can have which is not among the frequent ones. */
  static double mostOfOthers(Map<String, Double> shares) {
    double rest = 1;
    double least = 1;
    for (double share : shares.values()) {
      rest -= share;
      least = Math.min(least, share);
    }
    return mostOfOthers(rest, least);
  }

  /**
   * The same of shares that are added up.
   *
   * @param rest what they leave of the whole
   * @param least the smallest of them, 1 when there are none
   */
  static double mostOfOthers(double rest, double least) {
    // A list that is complete but for rounding leaves nothing.
    return rest < 1e-9 ? 0 : Math.min(rest, least);
  }
}
