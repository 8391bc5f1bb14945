package io.profilemesh.core.drift;

import static io.profilemesh.core.drift.Judged.against;
import static io.profilemesh.core.drift.Judged.onlyFinding;
import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Columns;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.Quality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {

  private static final Profiles PRICES = prices(50, 15);

  private static Profiles prices(double mean, double deviation) {
    return Profiles.table(DatasetId.of("shop", "public", "products"))
        .withRowCount(10_000)
        .withColumn(Columns.numbers("unit_price", ColumnType.DECIMAL, mean, deviation));
  }

  private static Profiles with(Metric metric, double value) {
    return PRICES.withMetric("unit_price", metric, value);
  }

  @Test
  void shouldRecogniseAChangeOfUnitWhenPricesAreInCents() {
    // when
    Finding finding = onlyFinding(PRICES, prices(5_000, 1_500));

    // then
    assertThat(finding.metric()).isEqualTo("mean");
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.message())
        .isEqualTo(
            "unit_price of products: the mean is 5,000, 50 in the run before (2026-03-02 06:00"
                + " UTC): every value is about 100.0 times what it was, a change of unit?");
  }

  @ParameterizedTest
  @CsvSource({"52.4, ''", "52.5, LOW", "57.4, LOW", "57.5, MEDIUM", "65, HIGH", "35, HIGH"})
  void shouldGradeByShareOfTheMeanWhenItMoves(double mean, String severity) {
    // when
    Evaluation evaluation = against(PRICES, prices(mean, 15));

    // then
    assertThat(evaluation.findings())
        .extracting(finding -> finding.severity().name())
        .isEqualTo(severity.isEmpty() ? java.util.List.of() : java.util.List.of(severity));
  }

  @Test
  void shouldMeasureAgainstTheSpreadWhenTheMeanIsNearZero() {
    // given: temperatures around 0.1, spread 8: 0.3 is three times the mean and nothing
    assertThat(against(prices(0.1, 8), prices(0.3, 8)).findings()).isEmpty();
    assertThat(onlyFinding(prices(0.1, 8), prices(1.3, 8)).severity()).isEqualTo(Severity.MEDIUM);
  }

  @Test
  void shouldLeaveThePercentOpenWhenTheMeanWasZero() {
    // when
    Finding finding = onlyFinding(prices(0, 8), prices(3, 8));

    // then
    assertThat(((Change.OfNumber) finding.change()).percent()).isNull();
    assertThat(finding.message()).contains("the mean is 3, 0 in the run before");
  }

  @Test
  void shouldBeSilentWhenAFewRowsVary() {
    // given: 7 rows a week, mean up by 40 %
    Profiles before = prices(10, 6).withRowCount(7);

    // when
    Evaluation evaluation = against(before, prices(14, 6).withRowCount(7));

    // then
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void shouldReportWhenAFewRowsAreFarOff() {
    // given
    Profiles before = prices(10, 1).withRowCount(7);

    // when
    Finding finding = onlyFinding(before, prices(1_000, 100).withRowCount(7));

    // then
    assertThat(finding.message()).contains("100.0 times");
  }

  @Test
  void shouldBeSilentWhenThereIsOneRow() {
    // given
    Profiles before = prices(10, 0).withRowCount(1);

    // when
    Evaluation evaluation = against(before, prices(99, 0).withRowCount(1));

    // then
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void shouldReportWhenAConstantBecomesAnother() {
    // given
    Profiles constant = prices(5, 0);

    // when
    Finding finding = onlyFinding(constant, prices(5.1, 0));

    // then: 2 % is below the threshold, but it was constant
    assertThat(finding.severity()).isEqualTo(Severity.LOW);
    assertThat(finding.message()).contains("the mean is 5.1, 5 in");
  }

  @Test
  void shouldBeSilentWhenAConstantDiffersByRounding() {
    assertThat(against(prices(0.1, 0), prices(0.1 + 1e-17, 0)).findings()).isEmpty();
    assertThat(against(prices(1e9, 0), prices(1e9 + 1e-3, 0)).findings()).isEmpty();
  }

  @Test
  void shouldReportTheDeviationWhenTheMeanStays() {
    // when
    Finding finding = onlyFinding(PRICES, prices(50, 25));

    // then
    assertThat(finding.metric()).isEqualTo("standard_deviation");
    assertThat(finding.message()).contains("the standard deviation is 25, 15 in");
    assertThat(finding.message()).endsWith(": 66.7 % more.");
  }

  @Test
  void shouldLeadWithTheMostSevereWhenMeanAndDeviationMove() {
    // given: mean + 6 %, deviation × 3

    // when
    Finding finding = onlyFinding(PRICES, prices(53, 45));

    // then
    assertThat(finding.metric()).isEqualTo("standard_deviation");
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.parameters()).containsEntry("also.mean", "50.0 → 53.0");
  }

  @Test
  void shouldBeSilentWhenOnlyTheExtremesOfAnUnboundedColumnMove() {
    assertThat(against(PRICES, with(Metric.MAX, 400)).findings()).isEmpty();
    assertThat(against(PRICES, with(Metric.MIN, -90)).findings()).isEmpty();
  }

  @Test
  void shouldReportTheExtremeWhenARatingLeavesItsScale() {
    // given: ratings 1 to 5
    Profiles ratings =
        PRICES
            .withMetric("unit_price", Metric.DISTINCT_COUNT, 5)
            .withMetric("unit_price", Metric.MIN, 1)
            .withMetric("unit_price", Metric.MAX, 5);

    // when
    Finding finding = onlyFinding(ratings, ratings.withMetric("unit_price", Metric.MAX, 9));

    // then
    assertThat(finding.metric()).isEqualTo("max");
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.message()).contains("the largest value is 9, 5 in");
  }

  @Test
  void shouldSkipTheMetricWhenAnEstimateHasNoBounds() {
    // given
    Profiles sampled =
        PRICES.with(
            "unit_price",
            column ->
                column.withMetric(
                    Metric.MEAN, new MetricValue(90.0, null, Quality.ESTIMATE, null, null)));

    // when
    Evaluation evaluation = against(PRICES, sampled);

    // then
    assertThat(evaluation.findings()).isEmpty();
    assertThat(evaluation.notEvaluated())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.metric()).isEqualTo(Metric.MEAN);
              assertThat(one.code()).isEqualTo(NotEvaluated.Code.ESTIMATE_WITHOUT_BOUNDS);
            });
  }

  @Test
  void shouldCountTheBoundsWhenAnEstimateHasThem() {
    // given: 50 → 60 ± 11
    Profiles sampled =
        PRICES.with(
            "unit_price",
            column ->
                column.withMetric(
                    Metric.MEAN, new MetricValue(60.0, null, Quality.ESTIMATE, 49.0, 71.0)));

    // when
    Evaluation evaluation = against(PRICES, sampled);

    // then
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void shouldReportWhenTextsAreCutShort() {
    // given
    Profiles before =
        Profiles.table(DatasetId.of("shop", "public", "customers"))
            .withRowCount(10_000)
            .withColumn(Columns.texts("note", 0.9, 40));
    Profiles now = before.with("note", note -> note.withShape(new Columns.Shape.Texts(0.9, 20)));

    // when
    Finding finding = onlyFinding(before, now);

    // then
    assertThat(finding.metric()).isEqualTo("average_length");
    assertThat(finding.message()).contains("the average length is 20, 40 in");
    assertThat(finding.message())
        .endsWith(": 50 % less: none is longer than 32, were values cut off?");
  }

  @Test
  void shouldBeSilentWhenARunningNumberGrowsWithItsTable() {
    assertThat(against(ids(10_000, 1), ids(10_400, 1)).findings()).isEmpty();
  }

  @Test
  void shouldReportWhenARunningNumberIsNoneAnyMore() {
    // when
    Finding finding = onlyFinding(ids(10_000, 1), ids(10_000, 100));

    // then
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.metric()).isEqualTo("mean");
  }

  @Test
  void shouldProveRepeatsByTheRangeWhenTheDistinctCountIsASketch() {
    // given: 29,360 running numbers, then 2,971 of them again; the sketch is 5 % unsure
    Profiles before =
        ids(29_360, 1).withMetric("order_id", Metric.DISTINCT_COUNT, distinct(28_969));
    Profiles after =
        ids(32_331, 1)
            .withMetric("order_id", Metric.MAX, 29_360)
            .withMetric("order_id", Metric.DISTINCT_COUNT, distinct(28_969));

    // when
    Evaluation evaluation = against(before, after);

    // then
    assertThat(evaluation.findings())
        .extracting(Finding::metric)
        .contains("distinct_percent")
        .doesNotContain("mean", "standard_deviation");
  }

  private static MetricValue distinct(double estimate) {
    return MetricValue.approximate(estimate, estimate * 0.95, estimate * 1.05);
  }

  /** The numbers from 1 on, each multiplied by the factor. */
  private static Profiles ids(int rows, double factor) {
    return Profiles.table(DatasetId.of("shop", "public", "orders"))
        .withRowCount(rows)
        .withColumn(
            Columns.numbers(
                "order_id", ColumnType.INTEGER, factor * rows / 2.0, factor * rows / Math.sqrt(12)))
        .withMetric("order_id", Metric.DISTINCT_COUNT, rows)
        .withMetric("order_id", Metric.MIN, factor)
        .withMetric("order_id", Metric.MAX, factor * rows);
  }
}
