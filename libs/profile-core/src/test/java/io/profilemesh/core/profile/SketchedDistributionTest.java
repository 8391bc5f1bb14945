package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SketchedDistributionTest {

  private static final int VALUES = 20_000;

  @Test
  void shouldFindNothingBetweenADistributionAndItself() {
    SketchedDistribution one = distribution(sample(1, 50, 15));

    assertThat(one.kolmogorovSmirnov(one)).isZero();
    assertThat(one.wasserstein(one)).isZero();
    assertThat(one.populationStability(one)).isZero();
  }

  @Test
  void shouldMeasureAShiftAsTheSamplesThemselvesDo() {
    // given: half a standard deviation, whose KS distance is 2Φ(0.25) - 1 and Wasserstein 7.5
    double[] before = sample(1, 50, 15);
    double[] after = sample(2, 57.5, 15);

    // when
    SketchedDistribution first = distribution(before);
    SketchedDistribution second = distribution(after);

    // then
    double error = first.rankError() + second.rankError();
    assertThat(first.kolmogorovSmirnov(second))
        .isCloseTo(kolmogorovSmirnov(before, after), within(error))
        .isCloseTo(0.1974, within(error + 0.02))
        .isEqualTo(second.kolmogorovSmirnov(first));
    assertThat(first.wasserstein(second)).isCloseTo(7.5, within(0.6));
    assertThat(first.populationStability(second)).isCloseTo(0.25, within(0.06));
  }

  @Test
  void shouldSayOneWhenNoValueIsShared() {
    SketchedDistribution low = distribution(sample(3, 0, 1));
    SketchedDistribution high = distribution(sample(4, 1_000, 1));

    assertThat(low.kolmogorovSmirnov(high)).isCloseTo(1, within(1e-12));
    assertThat(low.wasserstein(high)).isCloseTo(1_000, within(2.0));
    assertThat(low.populationStability(high)).isGreaterThan(5);
  }

  @Test
  void shouldReadSmallSketchesExactly() {
    SketchedDistribution four = distribution(new double[] {1, 2, 3, 4});
    SketchedDistribution five = distribution(new double[] {1, 2, 3, 4, 4});

    assertThat(four.kolmogorovSmirnov(five)).isCloseTo(0.15, within(1e-12));
    assertThat(four.wasserstein(five)).isCloseTo(0.05 + 0.1 + 0.15, within(1e-12));
  }

  @Test
  void shouldReadNothingElse() {
    QuantileSketch empty = new QuantileSketch(7);
    byte[] good = sketch(new double[] {1, 2, 3}).data();

    assertThat(SketchedDistribution.of(of(empty.toBytes()))).isEmpty();
    assertThat(SketchedDistribution.of(of(new byte[0]))).isEmpty();
    assertThat(SketchedDistribution.of(of(Arrays.copyOf(good, 21)))).isEmpty();
    assertThat(SketchedDistribution.of(new Sketch(Sketch.Kind.QUANTILES, "other-1", null, 0, good)))
        .isEmpty();
    assertThat(
            SketchedDistribution.of(
                new Sketch(Sketch.Kind.DISTINCT_COUNT, QuantileSketch.FORMAT, null, 0, good)))
        .isEmpty();
  }

  private static double kolmogorovSmirnov(double[] first, double[] second) {
    double[] one = first.clone();
    double[] two = second.clone();
    Arrays.sort(one);
    Arrays.sort(two);
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      int at = Arrays.binarySearch(two, one[i]);
      double share = (double) (at < 0 ? -at - 1 : at + 1) / two.length;
      largest = Math.max(largest, Math.abs((i + 1.0) / one.length - share));
    }
    return largest;
  }

  private static SketchedDistribution distribution(double[] values) {
    return SketchedDistribution.of(sketch(values)).orElseThrow();
  }

  private static Sketch sketch(double[] values) {
    QuantileSketch sketch = new QuantileSketch(42);
    sketch.add(values, 0, values.length);
    return new Sketch(
        Sketch.Kind.QUANTILES, QuantileSketch.FORMAT, null, sketch.rankError(), sketch.toBytes());
  }

  private static Sketch of(byte[] data) {
    return new Sketch(Sketch.Kind.QUANTILES, QuantileSketch.FORMAT, null, 0, data);
  }

  private static double[] sample(long seed, double mean, double deviation) {
    Random random = new Random(seed);
    double[] values = new double[VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] = mean + deviation * random.nextGaussian();
    }
    return values;
  }
}
