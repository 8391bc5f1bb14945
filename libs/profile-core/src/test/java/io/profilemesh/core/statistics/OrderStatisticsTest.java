package io.profilemesh.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderStatisticsTest {

  private final Random random = new Random(31);

  @Test
  void shouldFindTheScaleThatSortingFinds() {
    for (int i = 0; i < 5_000; i++) {
      // given
      double[] residuals = residuals();

      // when
      double scale = OrderStatistics.scale(residuals);

      // then
      assertThat(scale).isEqualTo(bySorting(residuals));
    }
  }

  @Test
  void shouldNeverCallAScaleLargerThanItIs() {
    int told = 0;
    for (int i = 0; i < 5_000; i++) {
      // given
      double[] residuals = residuals();
      double scale = bySorting(residuals);

      // when / then
      assertThat(OrderStatistics.isScaleAtLeast(residuals, scale * 1.000001 + 1e-9)).isFalse();
      told += OrderStatistics.isScaleAtLeast(residuals, scale * 0.9) ? 1 : 0;
    }
    assertThat(told).as("scales seen to be too large without sorting").isGreaterThan(3_000);
  }

  private double[] residuals() {
    double[] residuals = new double[1 + random.nextInt(70)];
    boolean few = random.nextBoolean();
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] = few ? random.nextInt(5) - 2 : random.nextGaussian();
    }
    return residuals;
  }

  private static double bySorting(double[] residuals) {
    double[] sizes = Arrays.stream(residuals).map(Math::abs).sorted().toArray();
    double middle = 1.482602218505602 * OrderStatistics.medianOfSorted(sizes, 0, sizes.length);
    double wide = OrderStatistics.quantileOfSorted(sizes, 0.90) / 1.6448536269514722;
    double widest = OrderStatistics.quantileOfSorted(sizes, 0.95) / 1.959963984540054;
    return Math.max(middle, Math.max(wide, widest));
  }
}
