package io.profilemesh.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Oracle values by the sum of the mass function, and by Python's math.lgamma and math.erfc. */
class CountTailsTest {

  @ParameterizedTest
  @CsvSource({
    "3, 60, 0, 3600, 2.634987485028916e-06",
    "1, 7, 0, 420, 0.016451507573854235",
    "20, 60, 1000, 3600, 0.4142994782581189",
    "5, 60, 1000, 3600, 4.264650659168e-04",
    "0, 60, 0, 3600, 1",
    "60, 60, 3600, 3600, 1"
  })
  void shouldAgreeOnTheTailsOfACount(
      long k, long n, double seen, double trials, double probability) {
    assertThat(CountTails.twoSided(k, n, seen, trials))
        .isCloseTo(probability, within(1e-12 + 1e-6 * probability));
  }

  @ParameterizedTest
  @CsvSource({"0.3, 1.0957979948180752", "4.5, 2.453736570842443", "123.4, 469.3360974421906"})
  void shouldAgreeOnTheLogarithmOfTheGammaFunction(double x, double logarithm) {
    assertThat(GammaFunction.log(x)).isCloseTo(logarithm, within(1e-10));
  }

  @ParameterizedTest
  @CsvSource({
    // erfc(1 / sqrt(2)), erfc(3.5 / sqrt(2))
    "0.5, 0.5, 0.31731050786291415",
    "0.5, 6.125, 0.0004652581580710501",
    // Poisson: at most 3 of 4.2, at most 40 of 50
    "4, 4.2, 0.3954033696023561",
    "41, 50, 0.08607000011796095"
  })
  void shouldAgreeOnTheIncompleteGammaFunction(double a, double x, double upper) {
    assertThat(GammaFunction.upper(a, x)).isCloseTo(upper, within(1e-12));
  }
}
