package io.profilemesh.core.drift;

import static io.profilemesh.core.drift.Judged.against;
import static io.profilemesh.core.drift.Judged.onlyFinding;
import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.Columns;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Profiles;
import org.junit.jupiter.api.Test;

class DistinctTest {

  private static final Profiles KEYS =
      Profiles.table(DatasetId.of("shop", "public", "orders"))
          .withRowCount(10_000)
          .withColumn(Columns.identifiers("order_id"));

  private static Profiles distinct(Profiles profiles, double count) {
    return profiles.withMetric("order_id", Metric.DISTINCT_COUNT, count);
  }

  @Test
  void shouldReportWhenAKeyRepeats() {
    // when
    Finding finding = onlyFinding(KEYS, distinct(KEYS, 9_700));

    // then
    assertThat(finding.kind()).isEqualTo(DriftKind.UNIQUENESS);
    assertThat(finding.severity()).isEqualTo(Severity.LOW);
    assertThat(finding.message())
        .isEqualTo(
            "order_id of orders: only 97 % of values are distinct, 100 % in the run before"
                + " (2026-03-02 06:00 UTC): 300 values repeat another, were rows loaded twice?");
  }

  @Test
  void shouldBeSilentWhenSoFewRepeatThatTheyMayBeAccident() {
    // given: 500 values without repeat, of which 2 repeat now
    Profiles few = KEYS.withRowCount(500);

    // when
    Evaluation evaluation = against(few, distinct(few, 498));

    // then
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void shouldBeSilentWhenATinyTableHappensToRepeatAValue() {
    // given
    Profiles week = KEYS.withRowCount(7);

    // when
    Evaluation evaluation = against(week, distinct(week, 6));

    // then
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void shouldBeSilentWhenATableGrowsAndNoNewValueComes() {
    // given: 3,000 distinct of 10,000, then the same 3,000 of 20,000
    Profiles before = distinct(KEYS, 3_000);
    Profiles now = distinct(KEYS.withRowCount(20_000), 3_000);

    // when
    Evaluation evaluation = against(before, now);

    // then
    assertThat(evaluation.findings()).extracting(Finding::metric).containsExactly("row_count");
  }

  @Test
  void shouldReportWhenValuesCollapse() {
    // given: 3,000 distinct of 10,000, then 40
    Finding finding = onlyFinding(distinct(KEYS, 3_000), distinct(KEYS, 40));

    assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(finding.message()).contains("only 0.4 % of values are distinct, 30 % in");
  }

  @Test
  void shouldReportWhenValuesThatRepeatedAllDifferNow() {
    // when
    Finding finding = onlyFinding(distinct(KEYS, 3_000), KEYS);

    // then
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.message()).contains(": 100 % of values are distinct, 30 % in");
  }

  @Test
  void shouldCountTheErrorOfASketchWhenDistinctValuesAreEstimated() {
    // given: 100 % to 94 %, each off by 5 % of itself; the keys have gaps, so their range is no
    // help
    Profiles before = approximate(10_000, 9_500, 10_500).withMetric("order_id", Metric.MAX, 1e9);
    Profiles now = approximate(9_400, 8_930, 9_870).withMetric("order_id", Metric.MAX, 1e9);

    // when
    Evaluation evaluation = against(before, now);

    // then
    assertThat(evaluation.findings()).isEmpty();
    assertThat(evaluation.judgements())
        .anySatisfy(
            judgement -> {
              assertThat(judgement.column()).isEqualTo(new ColumnName("order_id"));
              assertThat(judgement.metric()).isEqualTo(Metric.DISTINCT_PERCENT.wireName());
              assertThat(judgement.lower()).isLessThan(94);
            });
  }

  private static Profiles approximate(double count, double lower, double upper) {
    return KEYS.with(
        "order_id",
        column ->
            column.withMetric(Metric.DISTINCT_COUNT, MetricValue.approximate(count, lower, upper)));
  }
}
