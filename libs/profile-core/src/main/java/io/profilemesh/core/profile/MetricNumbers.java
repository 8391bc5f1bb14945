package io.profilemesh.core.profile;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Metrics that are all numbers, in a few arrays instead of an object each: a history holds some
 * thousands of them for every run that is judged. Immutable; in the order of {@link Metric}.
 */
public final class MetricNumbers extends AbstractMap<Metric, MetricValue> {

  private static final Metric[] METRICS = Metric.values();

  private final long present;
  private final double[] numbers;

  /** What is not exact, and of it what is an estimate. */
  private final long inexact;

  private final long estimates;

  /** Lower and upper bound of each number, {@code NaN} where there is none; null: all exact. */
  private final double @Nullable [] bounds;

  /** Numbers that follow from these, and by what; made when first asked for. */
  private @Nullable Derived derived;

  private record Derived(long whole, MetricNumbers numbers) {}

  private MetricNumbers(
      long present, double[] numbers, long inexact, long estimates, double @Nullable [] bounds) {
    this.present = present;
    this.numbers = numbers;
    this.inexact = inexact;
    this.estimates = estimates;
    this.bounds = bounds;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The same metrics; null when one of them is a text, or has one beside its number. */
  public static @Nullable MetricNumbers of(Map<Metric, MetricValue> metrics) {
    if (metrics instanceof MetricNumbers already) {
      return already;
    }
    Builder builder = builder();
    for (Map.Entry<Metric, MetricValue> entry : metrics.entrySet()) {
      MetricValue value = entry.getValue();
      Double number = value.number();
      if (number == null || value.text() != null) {
        return null;
      }
      Double lower = value.lower();
      Double upper = value.upper();
      if (value.quality() == Quality.EXACT && (lower != null || upper != null)) {
        return null;
      }
      builder.put(
          entry.getKey(),
          number,
          value.quality(),
          lower == null ? Double.NaN : lower,
          upper == null ? Double.NaN : upper);
    }
    return builder.build();
  }

  /**
   * Numbers that follow from these and a whole, kept so that they are worked out once.
   *
   * @param derive a function of nothing but its arguments, always the same one
   */
  public MetricNumbers derived(long whole, Derivation derive) {
    Derived known = derived;
    if (known == null || known.whole() != whole) {
      known = new Derived(whole, derive.of(this, whole));
      derived = known;
    }
    return known.numbers();
  }

  /** Makes numbers of numbers and a whole. */
  public interface Derivation {
    MetricNumbers of(MetricNumbers numbers, long whole);
  }

  /** Whether there is a number of that metric. */
  public boolean has(Metric metric) {
    return (present & bit(metric)) != 0;
  }

  public double numberOr(Metric metric, double otherwise) {
    return has(metric) ? numbers[place(metric)] : otherwise;
  }

  /** Whether the metric is there and exact. */
  public boolean isExact(Metric metric) {
    return has(metric) && (inexact & bit(metric)) == 0;
  }

  /** How the number of a metric that is there was obtained. */
  public Quality quality(Metric metric) {
    long bit = bit(metric);
    return (inexact & bit) == 0
        ? Quality.EXACT
        : (estimates & bit) == 0 ? Quality.APPROXIMATE : Quality.ESTIMATE;
  }

  /** Lower bound of a metric that is there; {@code NaN}: none. */
  public double lower(Metric metric) {
    return bounds == null ? Double.NaN : bounds[2 * place(metric)];
  }

  /** Upper bound of a metric that is there; {@code NaN}: none. */
  public double upper(Metric metric) {
    return bounds == null ? Double.NaN : bounds[2 * place(metric) + 1];
  }

  @Override
  public @Nullable MetricValue get(@Nullable Object key) {
    return key instanceof Metric metric && has(metric) ? value(metric) : null;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof Metric metric && has(metric);
  }

  private MetricValue value(Metric metric) {
    double lower = lower(metric);
    double upper = upper(metric);
    return new MetricValue(
        numbers[place(metric)],
        null,
        quality(metric),
        Double.isNaN(lower) ? null : (Double) lower,
        Double.isNaN(upper) ? null : (Double) upper);
  }

  private int place(Metric metric) {
    return Long.bitCount(present & (bit(metric) - 1));
  }

  private static long bit(Metric metric) {
    return 1L << metric.ordinal();
  }

  @Override
  public int size() {
    return numbers.length;
  }

  @Override
  public Set<Entry<Metric, MetricValue>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<Metric, MetricValue>> iterator() {
        return new Entries();
      }

      @Override
      public int size() {
        return numbers.length;
      }
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (other instanceof MetricNumbers that) {
      return present == that.present
          && inexact == that.inexact
          && estimates == that.estimates
          && Arrays.equals(numbers, that.numbers)
          && Arrays.equals(bounds, that.bounds);
    }
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  /** From the first metric to the last. */
  private final class Entries implements Iterator<Entry<Metric, MetricValue>> {
    private long rest = present;

    @Override
    public boolean hasNext() {
      return rest != 0;
    }

    @Override
    public Entry<Metric, MetricValue> next() {
      if (rest == 0) {
        throw new NoSuchElementException();
      }
      Metric metric = METRICS[Long.numberOfTrailingZeros(rest)];
      rest &= rest - 1;
      return Map.entry(metric, value(metric));
    }
  }

  /** Gathers numbers, in any order; the last of a metric counts. Not thread-safe. */
  public static final class Builder {
    private final double[] numbers = new double[METRICS.length];
    private final double[] bounds = new double[2 * METRICS.length];
    private long present;
    private long inexact;
    private long estimates;

    private Builder() {}

    /** An exact number. */
    public Builder put(Metric metric, double number) {
      return put(metric, number, Quality.EXACT, Double.NaN, Double.NaN);
    }

    /**
     * A number.
     *
     * @param lower {@code NaN}: no bound, as of every exact number
     * @param upper {@code NaN}: no bound
     * @throws IllegalArgumentException when the number is not finite
     */
    public Builder put(Metric metric, double number, Quality quality, double lower, double upper) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("a metric value is finite");
      }
      long bit = bit(metric);
      int place = metric.ordinal();
      present |= bit;
      inexact = quality == Quality.EXACT ? inexact & ~bit : inexact | bit;
      estimates = quality == Quality.ESTIMATE ? estimates | bit : estimates & ~bit;
      numbers[place] = number;
      bounds[2 * place] = lower;
      bounds[2 * place + 1] = upper;
      return this;
    }

    /** Without a metric, if it is there. */
    public Builder remove(Metric metric) {
      long others = ~bit(metric);
      present &= others;
      inexact &= others;
      estimates &= others;
      return this;
    }

    /** Without any. */
    public Builder clear() {
      present = 0;
      inexact = 0;
      estimates = 0;
      return this;
    }

    public MetricNumbers build() {
      int count = Long.bitCount(present);
      double[] kept = new double[count];
      double[] keptBounds = inexact == 0 ? null : new double[2 * count];
      int place = 0;
      for (long rest = present; rest != 0; rest &= rest - 1) {
        int metric = Long.numberOfTrailingZeros(rest);
        kept[place] = numbers[metric];
        if (keptBounds != null) {
          keptBounds[2 * place] = bounds[2 * metric];
          keptBounds[2 * place + 1] = bounds[2 * metric + 1];
        }
        place++;
      }
      return new MetricNumbers(present, kept, inexact, estimates, keptBounds);
    }
  }
}
