package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Profiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DistributionDetectorTest {

  private static final Profiles ORDERS = Profiles.orders().withRowCount(10_000);

  /** Quantiles that moved by so much, of which mean and deviation say nothing. */
  private static Profiles moved(Profiles orders, double by) {
    return orders.withMean("amount", 50 + by).withMetric("amount", Metric.MEAN, 50);
  }

  @Test
  void shouldFindAnotherDistributionThatTheMeanDoesNotTell() {
    // when: a fifth of a deviation
    Finding finding = Judged.onlyFinding(ORDERS, moved(ORDERS, 3));

    // then
    assertThat(finding.metric()).isEqualTo("distribution");
    assertThat(finding.kind()).isEqualTo(DriftKind.DISTRIBUTION);
    assertThat(finding.detector()).isEqualTo("distribution_test");
    assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(finding.parameters())
        .containsKeys("kolmogorovSmirnov", "populationStabilityIndex", "wassersteinPerSpread");
    assertThat(((Change.OfNumber) finding.change()).effect()).isCloseTo(0.2, within(0.01));
    assertThat(finding.message())
        .startsWith("amount of orders: the values are distributed otherwise than in the run before")
        .contains("quantile ", " moved most, from ");
  }

  @Test
  void shouldFindNothingThatChanceMayExplain() {
    // given: with 60 rows a fifth of a deviation is nothing
    Profiles few = Profiles.orders().withRowCount(60);

    // when / then
    assertThat(Judged.against(few, moved(few, 3)).findings()).isEmpty();
    assertThat(Judged.against(ORDERS, ORDERS).findings()).isEmpty();
  }

  @Test
  void shouldFindNothingThatDoesNotMatter() {
    // when: certain with a million rows, but a hundredth of a deviation
    Profiles many = Profiles.orders().withRowCount(1_000_000);

    // then
    assertThat(Judged.against(many, moved(many, 0.15)).findings()).isEmpty();
  }

  @Test
  void shouldSayOnceThatTheMeanMoved() {
    // when: far for its size, and a sixth of a deviation, which is too little of a mean
    Finding far = Judged.onlyFinding(ORDERS, ORDERS.withMean("amount", 60));
    Evaluation near = Judged.against(ORDERS, ORDERS.withMean("amount", 52.4));

    // then
    assertThat(far.metric()).isEqualTo("mean");
    assertThat(near.findings()).isEmpty();
  }

  @Test
  void shouldNameTheCategoryWhoseShareChangedMost() {
    // when
    Finding finding =
        Judged.against(
                ORDERS,
                ORDERS.withCategories(
                    "status", Map.of("paid", 0.55, "open", 0.2, "returned", 0.25)))
            .findings()
            .stream()
            .filter(found -> found.kind() == DriftKind.DISTRIBUTION)
            .findFirst()
            .orElseThrow();

    // then
    assertThat(finding.metric()).isEqualTo("distribution");
    assertThat(finding.parameters()).containsKeys("jensenShannon", "populationStabilityIndex");
    assertThat(finding.message()).contains(" from 10 % to 25 %");
  }

  @Test
  void shouldNotAlarmAtARareNewCategory() {
    assertThat(
            Judged.against(
                    ORDERS,
                    ORDERS.withCategories(
                        "status",
                        Map.of("paid", 0.7, "open", 0.197, "returned", 0.1, "disputed", 0.003)))
                .findings())
        .isEmpty();
  }

  @Test
  void shouldAgreeOnTheCriticalDistanceOfCategories() {
    // sqrt(scipy.stats.chi2.isf(0.001, 2) * 2000 / (8 * log(2) * 1e6))
    assertThat(DistributionDetector.critical(2, 1_000, 1_000)).isCloseTo(0.0705896, within(1e-6));
  }
}
