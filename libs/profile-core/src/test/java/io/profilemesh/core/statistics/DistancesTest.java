package io.profilemesh.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Oracle values by scipy 1.x and numpy, the function named at each. */
class DistancesTest {

  private static final double[] RANKS = {0.25, 0.5, 0.75};

  @Test
  void shouldAgreeOnJensenShannon() {
    // scipy.spatial.distance.jensenshannon(p, q, 2)
    assertThat(Distances.jensenShannon(new double[] {0.5, 0.3, 0.2}, new double[] {0.4, 0.3, 0.3}))
        .isCloseTo(0.10619851439230617, within(1e-12));
    assertThat(Distances.jensenShannon(new double[] {1, 0}, new double[] {0, 1})).isEqualTo(1);
  }

  @Test
  void shouldAgreeOnPopulationStability() {
    // numpy: ((p - q) * log(p / q)).sum()
    assertThat(
            Distances.populationStability(
                new double[] {0.1, 0.2, 0.7}, new double[] {0.15, 0.25, 0.6}))
        .isCloseTo(0.04684550095384453, within(1e-12));
  }

  @Test
  void shouldAgreeOnPopulationStabilityOfQuantiles() {
    // given: classes of a quarter each; the others have their median at the first's upper quartile
    double[] one = {10, 20, 30};
    double[] other = {20, 30, 40};

    // when / then: shares 0.125 (half of what lies below), 0.125, 0.25, 0.5 by the index's formula
    assertThat(Distances.populationStability(RANKS, one, other))
        .isCloseTo(
            Distances.populationStability(
                new double[] {0.25, 0.25, 0.25, 0.25}, new double[] {0.125, 0.125, 0.25, 0.5}),
            within(1e-12));
    assertThat(Distances.populationStability(RANKS, one, one)).isZero();
    assertThat(Distances.populationStability(RANKS, new double[] {7, 7, 7}, new double[] {7, 7, 7}))
        .isZero();
  }

  @Test
  void shouldAgreeOnCohensH() {
    // numpy: 2 * arcsin(sqrt(p)) - 2 * arcsin(sqrt(q))
    assertThat(Distances.cohensH(0.053, 0.029)).isCloseTo(0.12234616432542622, within(1e-12));
  }

  @Test
  void shouldAgreeOnTheCriticalDistanceOfKolmogorovAndSmirnov() {
    // scipy.stats.kstwobign.isf(0.001) * sqrt(3000 / 2e6), the first term of its series
    double exact = 1.9494746035043753 * Math.sqrt(3000.0 / 2_000_000);
    assertThat(Distances.kolmogorovSmirnovCritical(0.001, 1000, 2000, 0, 0))
        .isCloseTo(exact, within(1e-6));
    assertThat(Distances.kolmogorovSmirnovCritical(0.001, 1000, 2000, 0.013, 0.01))
        .isCloseTo(exact + 0.023, within(1e-6));
  }

  @Test
  void shouldMeasureAShiftByItsSize() {
    // given
    double[] one = {10, 20, 30};
    double[] other = {13, 23, 33};

    // when / then
    assertThat(Distances.wasserstein(RANKS, one, other)).isCloseTo(3, within(1e-12));
    assertThat(Distances.wasserstein(RANKS, one, one)).isZero();
  }

  @Test
  void shouldIntegrateBothSidesWhereTheQuantilesCross() {
    // the gap goes from -1 through 0 to 1: each half encloses a quarter of the width
    assertThat(Distances.wasserstein(new double[] {0, 1}, new double[] {0, 2}, new double[] {1, 1}))
        .isCloseTo(0.5, within(1e-12));
  }

  @Test
  void shouldFindTheLargestDifferenceOfRanks() {
    // given: the median of one is the upper quartile of the other
    double[] one = {10, 20, 30};
    double[] other = {0, 10, 20};

    // when / then
    assertThat(Distances.kolmogorovSmirnov(RANKS, one, other)).isCloseTo(0.25, within(1e-12));
    assertThat(Distances.kolmogorovSmirnov(RANKS, one, one)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2, 5, 0.10193947882985835",
    "4, 7, 0.005189913349296813",
    "4.1, 30, 0.00028988583312918324",
    "0.5, 3, 0.651447964848151",
    "12, 6, 2.0307406195373192e-05",
    "1, 1, 0.5"
  })
  void shouldAgreeOnTheTailsOfStudentsT(double t, double freedom, double both) {
    // 2 * scipy.stats.t.sf(t, freedom)
    assertThat(StudentT.twoSided(t, freedom)).isCloseTo(both, within(1e-10 + 1e-9 * both));
  }

  @Test
  void shouldAgreeOnTheFalseDiscoveryRate() {
    // scipy.stats.false_discovery_control
    double[] corrected =
        FalseDiscovery.corrected(
            new double[] {0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216});
    assertThat(corrected)
        .containsExactly(
            new double[] {0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.10571429, 0.216, 0.216, 0.216},
            within(1e-8));
    assertThat(FalseDiscovery.threshold(new double[] {0.001, 0.008, 0.9, 0.9}, 0.05))
        .isEqualTo(0.025);
    assertThat(FalseDiscovery.threshold(new double[] {0.5, 0.9}, 0.05)).isEqualTo(0.025);
  }

  @Test
  void shouldWidenTheScaleWhenTailsAreHeavy() {
    // numpy: 1.4826 * median(|x|), quantile(|x|, .9) / 1.6449, quantile(|x|, .95) / 1.96
    double[] residuals = {1, -2, 0.5, 3, -0.1, 0.2, 8, -1, 0.4, -0.6};
    assertThat(OrderStatistics.scale(residuals)).isCloseTo(2.9337273773167576, within(1e-9));
  }

  @Test
  void shouldDrawALineThatOnePointCannotBend() {
    // given
    double[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21};
    double[] y = new double[x.length];
    Arrays.setAll(y, i -> 3 + 2 * x[i] + (i % 2 == 0 ? 0.1 : -0.1));
    y[10] = 500;

    // when
    Line line = Line.through(x, y);

    // then
    assertThat(line.slope()).isCloseTo(2, within(0.05));
    assertThat(line.leverage(line.centre(), 21)).isCloseTo(Math.sqrt(1 + 1.0 / 21), within(1e-9));
  }
}
