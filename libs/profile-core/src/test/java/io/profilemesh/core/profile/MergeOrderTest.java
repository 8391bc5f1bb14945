package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * However many rows are cut into ranges, and in whatever order the ranges are combined, the profile
 * stays within its stated bounds of the exact answer.
 */
class MergeOrderTest {

  private static final int MOST_ROWS = 120_000;

  /** Hundreds of statements at 99 % each must not fail by chance: twice the bound is five sigma. */
  private static final double CONFIDENT = 2;

  /** Ways in which the values of a column can be spread. */
  enum Shape {
    DISTINCT,
    DESCENDING,
    FEW,
    TIED,
    SKEWED,
    LOGNORMAL,
    ONE_VALUE
  }

  @Property(tries = 40)
  void shouldBoundIntegersWhateverTheOrder(
      @ForAll Shape shape,
      @ForAll @IntRange(min = 1, max = MOST_ROWS) int rows,
      @ForAll @IntRange(min = 1, max = 16) int ranges,
      @ForAll long seed) {
    List<Long> values = values(shape, rows, seed);
    ColumnProfile profile =
        Accumulators.profile(
            shuffled(values, ranges, seed, IntegerAccumulator::new, IntegerAccumulator::acceptLong),
            ColumnType.INTEGER);
    assertBounded(values, profile, Long::doubleValue);
    assertThat(profile.number(Metric.SUM).orElseThrow())
        .isEqualTo(values.stream().mapToLong(Long::longValue).sum());
  }

  @Property(tries = 40)
  void shouldBoundDoublesWhateverTheOrder(
      @ForAll Shape shape,
      @ForAll @IntRange(min = 1, max = MOST_ROWS) int rows,
      @ForAll @IntRange(min = 1, max = 16) int ranges,
      @ForAll long seed) {
    List<Double> values = values(shape, rows, seed).stream().map(v -> v / 8.0).toList();
    List<Double> withOddities = new ArrayList<>(values);
    for (int i = 0; i < 50; i++) {
      withOddities.add(Double.NaN);
      withOddities.add(Double.POSITIVE_INFINITY);
    }
    ColumnProfile profile =
        Accumulators.profile(
            shuffled(
                withOddities, ranges, seed, FloatAccumulator::new, FloatAccumulator::acceptDouble),
            ColumnType.FLOAT);
    assertThat(profile.number(Metric.NAN_COUNT)).hasValue(50);
    assertThat(profile.number(Metric.INFINITE_COUNT)).hasValue(50);
    assertThat(profile.number(Metric.COUNT)).hasValue(withOddities.size());
    assertDistinct(withOddities, profile);
    assertExtremes(values, profile, Double::doubleValue);
    assertQuantiles(values, profile, Double::doubleValue);
  }

  @Example
  void shouldKeepTheBytesOfTextsWhenTheTableGrowsInTheMidstOfAMerge() {
    shouldBoundTextsWhateverTheOrder(Shape.DISTINCT, 120_000, 15, 806_470_697L);
  }

  @Property(tries = 30)
  void shouldBoundTextsWhateverTheOrder(
      @ForAll Shape shape,
      @ForAll @IntRange(min = 1, max = MOST_ROWS) int rows,
      @ForAll @IntRange(min = 1, max = 16) int ranges,
      @ForAll long seed) {
    List<String> values = values(shape, rows, seed).stream().map(v -> "v" + v).toList();
    ColumnProfile profile =
        Accumulators.profile(
            shuffled(values, ranges, seed, TextAccumulator::new, Accumulators::acceptText),
            ColumnType.TEXT,
            Accumulators.published());
    assertThat(profile.number(Metric.COUNT)).hasValue(values.size());
    assertDistinct(values, profile);
    assertFrequent(values, profile);
    assertThat(profile.metric(Metric.MIN).orElseThrow().text())
        .isEqualTo(values.stream().min(String::compareTo).orElseThrow());
    assertThat(profile.metric(Metric.MAX).orElseThrow().text())
        .isEqualTo(values.stream().max(String::compareTo).orElseThrow());
  }

  private static <V> void assertBounded(
      List<V> values, ColumnProfile profile, ToDoubleFunction<V> number) {
    assertThat(profile.number(Metric.COUNT)).hasValue(values.size());
    assertDistinct(values, profile);
    assertFrequent(values, profile);
    assertExtremes(values, profile, number);
    assertQuantiles(values, profile, number);
  }

  private static <V> void assertDistinct(List<V> values, ColumnProfile profile) {
    long distinct = values.stream().distinct().count();
    MetricValue stated = profile.metric(Metric.DISTINCT_COUNT).orElseThrow();
    if (stated.quality() == Quality.EXACT) {
      assertThat(stated.number()).isEqualTo((double) distinct);
    } else {
      assertThat(stated.number()).isCloseTo((double) distinct, within(5 * 0.01625 * distinct));
    }
  }

  private static <V> void assertFrequent(List<V> values, ColumnProfile profile) {
    Map<String, Long> counts = new HashMap<>();
    values.forEach(value -> counts.merge(value.toString(), 1L, Long::sum));
    for (FrequentValues.FrequentValue found : profile.frequentValues().values()) {
      long truth = counts.get(found.value());
      assertThat(found.count()).isLessThanOrEqualTo(truth);
      assertThat(found.count() + found.countError()).isGreaterThanOrEqualTo(truth);
    }
  }

  private static <V> void assertExtremes(
      List<V> values, ColumnProfile profile, ToDoubleFunction<V> number) {
    assertThat(profile.number(Metric.MIN).orElseThrow())
        .isEqualTo(values.stream().mapToDouble(number).min().orElseThrow());
    assertThat(profile.number(Metric.MAX).orElseThrow())
        .isEqualTo(values.stream().mapToDouble(number).max().orElseThrow());
  }

  private static <V> void assertQuantiles(
      List<V> values, ColumnProfile profile, ToDoubleFunction<V> number) {
    double[] sorted = values.stream().mapToDouble(number).sorted().toArray();
    Quantiles quantiles = profile.quantiles();
    double bound = CONFIDENT * quantiles.rankError() + 1.0 / sorted.length;
    for (int i = 0; i < quantiles.ranks().size(); i++) {
      double value = quantiles.values().get(i);
      double rank = quantiles.ranks().get(i);
      assertThat(share(sorted, Math.nextDown(value))).isLessThanOrEqualTo(rank + bound);
      assertThat(share(sorted, value)).isGreaterThanOrEqualTo(rank - bound);
    }
  }

  /** Share of the values at or below a number. */
  private static double share(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return (double) low / sorted.length;
  }

  /** Cuts at random places and combines two at a time, chosen at random, until one is left. */
  private static <A extends ColumnAccumulator, V> A shuffled(
      List<V> values,
      int ranges,
      long seed,
      Function<AccumulatorSettings, A> make,
      BiConsumer<A, V> accept) {
    Random random = new Random(seed);
    int[] edges = random.ints(ranges + 1L, 0, values.size() + 1).sorted().toArray();
    edges[0] = 0;
    edges[ranges] = values.size();
    List<A> open = new ArrayList<>();
    for (int i = 0; i < ranges; i++) {
      open.add(
          Accumulators.accumulate(
              values.subList(edges[i], edges[i + 1]),
              make.apply(Accumulators.USUAL.forStream(i)),
              accept));
    }
    while (open.size() > 1) {
      A taken = open.remove(random.nextInt(open.size()));
      open.get(random.nextInt(open.size())).combine(taken);
    }
    return open.get(0);
  }

  private static List<Long> values(Shape shape, int rows, long seed) {
    Random random = new Random(~seed);
    LongUnaryOperator value =
        switch (shape) {
          case DISTINCT -> i -> i * 0x9E37_79B9L % 1_000_000_007L - 500_000_000L;
          case DESCENDING -> i -> rows - i;
          case FEW -> i -> random.nextInt(7) - 3;
          case TIED -> i -> random.nextInt(10) < 6 ? 0 : random.nextInt(1_000_000) - 500_000;
          case SKEWED -> i -> (long) (10 / Math.pow(1 - random.nextDouble(), 0.8));
          case LOGNORMAL -> i -> (long) Math.exp(4 * random.nextGaussian() + 10);
          case ONE_VALUE -> i -> 42;
        };
    long[] drawn = new long[rows];
    Arrays.setAll(drawn, value::applyAsLong);
    return Arrays.stream(drawn).boxed().toList();
  }
}
