package io.profilemesh.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StandardErrorsTest {

  @Test
  void shouldFollowWelchWhenMeansDiffer() {
    // given: sd 3 over 9 values and sd 4 over 16, so sqrt(1 + 1)

    // when
    double error = StandardErrors.ofMeanDifference(3, 9, 4, 16);
    double freedom = StandardErrors.welchFreedom(3, 9, 4, 16);

    // then: 2² / (1/8 + 1/15)
    assertThat(error).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(freedom).isCloseTo(20.869565217391305, within(1e-9));
  }

  @Test
  void shouldSayNothingWhenASampleIsTooSmall() {
    assertThat(StandardErrors.ofMeanDifference(1, 1, 1, 100)).isInfinite();
    assertThat(StandardErrors.ofStandardDeviation(1, 1, 0)).isInfinite();
    assertThat(StandardErrors.ofShareDifference(0.5, 0, 0.5, 10)).isInfinite();
  }

  @Test
  void shouldPoolSharesWhenSamplesDiffer() {
    // given: 10 of 100 and 30 of 100 pooled to 0.2
    double error = StandardErrors.ofShareDifference(0.1, 100, 0.3, 100);

    assertThat(error).isCloseTo(Math.sqrt(0.2 * 0.8 * 0.02), within(1e-12));
  }

  @Test
  void shouldBeNothingWhenSharesAreNoneOrAll() {
    assertThat(StandardErrors.ofShareDifference(0, 100, 0, 50)).isZero();
    assertThat(StandardErrors.ofShareDifference(1, 100, 1, 50)).isZero();
  }

  @Test
  void shouldMatchTheSpreadOfDeviationsWhenSamplesAreNormal() {
    // given: 4,000 samples of 200 normal values
    Random random = new Random(20);
    int trials = 4_000;
    int n = 200;
    double sum = 0;
    double squares = 0;

    // when
    for (int trial = 0; trial < trials; trial++) {
      double deviation = deviation(random, n);
      sum += deviation;
      squares += deviation * deviation;
    }

    // then
    double mean = sum / trials;
    double spread = Math.sqrt(squares / trials - mean * mean);
    assertThat(StandardErrors.ofStandardDeviation(1, n, 0)).isCloseTo(spread, within(0.003));
  }

  @Test
  void shouldGiveMoreRoomWhenValuesAreSkewed() {
    // given: an exponential has skewness 2 and kurtosis 9
    double error = StandardErrors.ofStandardDeviation(1, 100, 2);

    assertThat(error).isCloseTo(Math.sqrt(8.0 / 400), within(1e-12));
  }

  @Test
  void shouldReachHalfTheRangeWhenTheMeanIsInTheMiddle() {
    assertThat(StandardErrors.largestDeviation(0, 5, 10)).isEqualTo(5);
    assertThat(StandardErrors.largestDeviation(3, 3, 3)).isZero();
  }

  private static double deviation(Random random, int n) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double value = random.nextGaussian();
      sum += value;
      squares += value * value;
    }
    return Math.sqrt((squares - sum * sum / n) / (n - 1));
  }
}
