package io.profilemesh.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {

  /** Quantiles at 0.9995 by mpmath 1.3.0, solving the regularised incomplete beta function. */
  @ParameterizedTest
  @CsvSource({
    "3, 12.923978636687483, 4.5",
    "4, 8.610301581379275, 1.5",
    "5, 6.868826625881110, 0.6",
    "12, 4.317791283606185, 0.01",
    "30, 3.645958635042022, 0.0002"
  })
  void shouldComeNearTheQuantileWhenThereIsSomeFreedom(
      double freedom, double quantile, double percentOff) {
    assertThat(StudentT.critical(StudentT.ONE_IN_THOUSAND, freedom))
        .isCloseTo(quantile, withinPercentage(percentOff));
  }

  @Test
  void shouldBecomeNormalWhenThereIsMuchFreedom() {
    assertThat(StudentT.critical(StudentT.ONE_IN_THOUSAND, 1e9))
        .isCloseTo(3.2905267314918948, withinPercentage(1e-6));
  }

  @Test
  void shouldFindNothingSignificantWhenThereIsHardlyAnyFreedom() {
    assertThat(StudentT.critical(StudentT.ONE_IN_THOUSAND, 2.9)).isInfinite();
    assertThat(StudentT.critical(StudentT.ONE_IN_THOUSAND, Double.NaN)).isInfinite();
  }
}
