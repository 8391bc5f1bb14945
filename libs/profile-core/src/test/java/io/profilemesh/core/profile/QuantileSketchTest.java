package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileSketchTest {

  private static final int N = 300_000;

  @ParameterizedTest
  @ValueSource(strings = {"ascending", "descending", "random", "skewed", "ties", "sawtooth"})
  void shouldStayWithinRankErrorWhateverTheOrder(String order) {
    // given
    double[] values = values(order);
    QuantileSketch sketch = new QuantileSketch(1);

    // when
    Arrays.stream(values).forEach(sketch::add);

    // then
    assertThat(worstRankError(sketch, values)).isLessThan(sketch.rankError());
    assertThat(sketch.rankError()).isLessThanOrEqualTo(0.017);
  }

  @Test
  void shouldStateRankErrorThatHoldsWhenRangesAreMerged() {
    // given
    double[] values = values("random");
    QuantileSketch merged = new QuantileSketch(0);

    // when
    for (int range = 0; range < 9; range++) {
      QuantileSketch part = new QuantileSketch(range);
      for (int i = range; i < N; i += 9) {
        part.add(values[i]);
      }
      merged.merge(part);
    }

    // then
    assertThat(merged.n()).isEqualTo(N);
    assertThat(worstRankError(merged, values)).isLessThan(merged.rankError());
  }

  @Test
  void shouldGiveTheSameBytesWhenTheSameValuesComeAgain() {
    // given
    double[] values = values("skewed");
    QuantileSketch first = new QuantileSketch(7);
    QuantileSketch second = new QuantileSketch(7);

    // when
    Arrays.stream(values).forEach(first::add);
    Arrays.stream(values).forEach(second::add);

    // then
    assertThat(first.toBytes()).isEqualTo(second.toBytes());
  }

  @Test
  void shouldKeepEveryWeightWhenValuesComeWithCounts() {
    // given
    QuantileSketch sketch = new QuantileSketch(1);

    // when
    sketch.addAll(new double[] {1, 2, 3}, new long[] {1_000_003, 7, 5});

    // then
    assertThat(sketch.n()).isEqualTo(1_000_015);
    WeightedValues values = sketch.values();
    assertThat(values.weightBelow(2)).isEqualTo(1_000_003);
    assertThat(values.weightBelow(3)).isEqualTo(1_000_010);
  }

  @Test
  void shouldCountEveryValueWhenItIsAskedInBetween() {
    // given
    QuantileSketch sketch = new QuantileSketch(1);

    // when
    for (int i = 1; i <= 200_000; i++) {
      sketch.add(i);
      if (i % 30_011 == 0) {
        sketch.values();
      }
    }

    // then
    assertThat(sketch.n()).isEqualTo(200_000);
    assertThat(sketch.values().weightBelow(1e9)).isEqualTo(200_000);
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "DataSketches 6.2 runs up to Java 21")
  void shouldBeReadableByDataSketches() {
    // given
    double[] values = values("random");
    QuantileSketch sketch = new QuantileSketch(3);
    Arrays.stream(values).forEach(sketch::add);

    // when
    KllDoublesSketch stock = KllDoublesSketch.heapify(Memory.wrap(sketch.toBytes()));

    // then
    assertThat(stock.getN()).isEqualTo(N);
    assertThat(stock.getMinItem()).isEqualTo(Arrays.stream(values).min().orElseThrow());
    assertThat(stock.getMaxItem()).isEqualTo(Arrays.stream(values).max().orElseThrow());
    WeightedValues ours = sketch.values();
    for (double rank : Quantiles.RANKS) {
      assertThat(stock.getQuantile(rank, QuantileSearchCriteria.INCLUSIVE))
          .isEqualTo(ours.valueAt(rank));
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "DataSketches 6.2 runs up to Java 21")
  void shouldMergeInDataSketchesWhenSmallOrLarge() {
    // given
    QuantileSketch small = new QuantileSketch(1);
    IntStream.range(0, 10).forEach(small::add);
    QuantileSketch large = new QuantileSketch(2);
    IntStream.range(0, 5000).forEach(large::add);

    // when
    KllDoublesSketch stock = KllDoublesSketch.newHeapInstance(200);
    stock.merge(KllDoublesSketch.heapify(Memory.wrap(small.toBytes())));
    stock.merge(KllDoublesSketch.heapify(Memory.wrap(large.toBytes())));
    stock.merge(KllDoublesSketch.heapify(Memory.wrap(new QuantileSketch(0).toBytes())));

    // then
    assertThat(stock.getN()).isEqualTo(5010);
    assertThat(stock.getRank(2500)).isBetween(0.47, 0.53);
  }

  private static double[] values(String order) {
    Random random = new Random(11);
    IntToDoubleFunction value =
        switch (order) {
          case "ascending" -> i -> i;
          case "descending" -> i -> N - i;
          case "random" -> i -> random.nextGaussian();
          case "skewed" -> i -> Math.exp(4 * random.nextGaussian());
          case "ties" -> i -> random.nextInt(5);
          default -> i -> i % 1000;
        };
    return IntStream.range(0, N).mapToDouble(value).toArray();
  }

  /** Largest distance of a stated quantile's rank range from its rank, over 199 ranks. */
  private static double worstRankError(QuantileSketch sketch, double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    WeightedValues stated = sketch.values();
    double worst = 0;
    for (int i = 1; i < 200; i++) {
      double rank = i / 200.0;
      double value = stated.valueAt(rank);
      double below = lowerBound(sorted, value) / (double) N;
      double upTo = lowerBound(sorted, Math.nextUp(value)) / (double) N;
      worst = Math.max(worst, Math.max(below - rank, rank - upTo));
    }
    return worst;
  }

  private static int lowerBound(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
