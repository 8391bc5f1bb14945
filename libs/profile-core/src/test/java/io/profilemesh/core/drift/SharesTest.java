package io.profilemesh.core.drift;

import static io.profilemesh.core.drift.Judged.against;
import static io.profilemesh.core.drift.Judged.onlyFinding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.profilemesh.core.profile.Columns;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Profiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {

  private static final Profiles ORDERS = Profiles.orders().withRowCount(10_000);

  @ParameterizedTest
  @CsvSource({"7, LOW", "16.9, LOW", "17, MEDIUM", "31.9, MEDIUM", "32, HIGH", "100, HIGH"})
  void shouldGradeByPercentagePointsWhenValuesGoMissing(double nulls, Severity severity) {
    // given: 2 % before

    // when
    Finding finding = onlyFinding(ORDERS, ORDERS.withNullPercent("email", nulls));

    // then
    assertThat(finding.metric()).isEqualTo("null_percent");
    assertThat(finding.kind()).isEqualTo(DriftKind.COMPLETENESS);
    assertThat(finding.severity()).isEqualTo(severity);
  }

  @Test
  void shouldStateTheChangeWhenValuesGoMissing() {
    // given
    Finding finding = onlyFinding(ORDERS, ORDERS.withNullPercent("email", 35.1));

    // when
    Change.OfNumber change = (Change.OfNumber) finding.change();

    // then
    assertThat(change.baseline()).isCloseTo(2, within(1e-9));
    assertThat(change.current()).isCloseTo(35.1, within(1e-9));
    assertThat(change.absolute()).isCloseTo(33.1, within(1e-9));
    assertThat(change.percent()).isCloseTo(1655, within(1e-6));
    assertThat(change.effect()).isCloseTo(0.331, within(1e-9));
    assertThat(change.effectLower()).isBetween(0.31, 0.331);
    assertThat(change.effectUpper()).isBetween(0.331, 0.35);
    assertThat(finding.message())
        .isEqualTo(
            "email of orders: 35.1 % of values are missing, 2 % in the run before (2026-03-02"
                + " 06:00 UTC).");
  }

  @Test
  void shouldBeSilentWhenAShareMovesLessThanFivePoints() {
    assertThat(against(ORDERS, ORDERS.withNullPercent("email", 6.9)).findings()).isEmpty();
  }

  @Test
  void shouldReportWhenAColumnWithoutNullsGetsFourPercent() {
    // given: status has no nulls

    // when
    Finding finding = onlyFinding(ORDERS, ORDERS.withNullPercent("status", 4));

    // then
    assertThat(finding.severity()).isEqualTo(Severity.LOW);
    assertThat(((Change.OfNumber) finding.change()).percent()).isNull();
    assertThat(finding.message()).contains("4 % of values are missing, none in the run before");
  }

  @Test
  void shouldBeSilentWhenAFewNullsStayBelowTheFloor() {
    assertThat(against(ORDERS, ORDERS.withNullPercent("status", 0.4)).findings()).isEmpty();
  }

  @Test
  void shouldBeSilentWhenATinyTableHasOneNullMore() {
    // given
    Profiles tiny = Profiles.orders().withRowCount(7).withNullPercent("email", 0);

    // when
    Evaluation evaluation = against(tiny, tiny.withNullPercent("email", 100.0 / 7));

    // then
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void shouldBeSilentWhenChanceExplainsTheShare() {
    // given: 10 % of 100 rows, then 16 %: less than the binomial error allows
    Profiles small = Profiles.orders().withRowCount(100).withNullPercent("email", 10);

    // when
    Evaluation evaluation = against(small, small.withNullPercent("email", 16));

    // then
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void shouldJudgeOneFactOnceWhenCountAndPercentMoveTogether() {
    assertThat(against(ORDERS, ORDERS.withNullPercent("email", 50)).findings()).hasSize(1);
  }

  @Test
  void shouldReportWhenBooleansTurn() {
    // when
    Finding finding =
        onlyFinding(
            ORDERS, ORDERS.with("gift", gift -> gift.withShape(new Columns.Shape.Booleans(0.4))));

    // then
    assertThat(finding.metric()).isEqualTo("true_percent");
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.message()).startsWith("gift of orders: 40 % of values are true, 5 % in");
  }

  @ParameterizedTest
  @CsvSource({
    "ZERO_COUNT, zero_percent, are zero",
    "NEGATIVE_COUNT, negative_percent, are negative"
  })
  void shouldReportWhenOddNumbersAppear(Metric count, String metric, String words) {
    // when
    Finding finding = onlyFinding(ORDERS, ORDERS.withMetric("amount", count, 2_000));

    // then
    assertThat(finding.metric()).isEqualTo(metric);
    assertThat(finding.kind()).isEqualTo(DriftKind.VALIDITY);
    assertThat(finding.message()).contains("20 % of values " + words + ", none in");
  }

  @Test
  void shouldTakeBlanksForEvidenceWhenMissingValuesMoveMore() {
    // given
    Profiles now = ORDERS.withNullPercent("email", 50).withMetric("email", Metric.BLANK_COUNT, 400);

    // when
    Finding finding = onlyFinding(ORDERS, now);

    // then
    assertThat(finding.metric()).isEqualTo("null_percent");
    assertThat(finding.parameters()).containsEntry("also.blank_percent", "0.0 → 8.0");
  }

  @Test
  void shouldBeSilentWhenAColumnWasAndIsAllNull() {
    // given
    Profiles allNull = ORDERS.withNullPercent("email", 100);

    // when
    Evaluation evaluation = against(allNull, allNull);

    // then
    assertThat(evaluation.findings()).isEmpty();
    assertThat(evaluation.notEvaluated())
        .extracting(NotEvaluated::code)
        .containsExactly(NotEvaluated.Code.NO_VALUES);
  }

  @Test
  void shouldReportOnlyMissingValuesWhenAColumnBecomesAllNull() {
    // when
    Finding finding = onlyFinding(ORDERS, ORDERS.withNullPercent("amount", 100));

    // then
    assertThat(finding.metric()).isEqualTo("null_percent");
    assertThat(finding.message()).contains("100 % of values are missing");
  }

  @Test
  void shouldReportWhenAnAllNullColumnIsFilled() {
    // when
    Finding finding = onlyFinding(ORDERS.withNullPercent("amount", 100), ORDERS);

    // then
    assertThat(finding.metric()).isEqualTo("null_percent");
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void shouldSayUnderAHundredWhenNotQuiteAllIsMissing() {
    // given
    Profiles one =
        Profiles.table(DatasetId.of("shop", "public", "t"))
            .withRowCount(1_000_000)
            .withColumn(Columns.texts("a", 0.5, 10));

    // when
    Finding finding = onlyFinding(one, one.withNullPercent("a", 99.99));

    // then
    assertThat(finding.message()).contains("99.9 % of values are missing, none");
  }
}
