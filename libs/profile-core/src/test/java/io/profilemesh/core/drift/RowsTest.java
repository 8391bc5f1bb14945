package io.profilemesh.core.drift;

import static io.profilemesh.core.drift.Judged.against;
import static io.profilemesh.core.drift.Judged.onlyFinding;
import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.Columns;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.Quality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {

  private static final Profiles TABLE =
      Profiles.table(DatasetId.of("shop", "public", "orders")).withRowCount(1_000);

  @ParameterizedTest
  @CsvSource({
    "1049, ''",
    "1050, LOW",
    "1150, MEDIUM",
    "1300, HIGH",
    "951, ''",
    "950, LOW",
    "850, MEDIUM",
    "700, HIGH"
  })
  void shouldGradeByShareOfTheRowsWhenTheyChange(long rows, String severity) {
    // when
    Evaluation evaluation = against(TABLE, TABLE.withRowCount(rows));

    // then
    assertThat(evaluation.findings())
        .extracting(finding -> finding.severity().name())
        .isEqualTo(severity.isEmpty() ? java.util.List.of() : java.util.List.of(severity));
  }

  @Test
  void shouldBeSilentWhenATinyTableHasAFewRowsMore() {
    assertThat(against(TABLE.withRowCount(20), TABLE.withRowCount(29)).findings()).isEmpty();
  }

  @Test
  void shouldSayTheTableIsEmptyWhenAllRowsAreGone() {
    // when
    Finding finding = onlyFinding(TABLE.withRowCount(4), TABLE.withRowCount(0));

    // then
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.message())
        .isEqualTo(
            "orders: the table is empty, it had 4 rows in the run before (2026-03-02 06:00 UTC).");
  }

  @Test
  void shouldLeaveThePercentOpenWhenTheTableWasEmpty() {
    // when
    Finding finding = onlyFinding(TABLE.withRowCount(0), TABLE);

    // then
    assertThat(((Change.OfNumber) finding.change()).percent()).isNull();
    assertThat(finding.message()).startsWith("orders: 1,000 rows, none in the run before");
  }

  @Test
  void shouldBeSilentWhenTheTableIsStillEmpty() {
    // given
    Profiles empty = Profiles.orders().withRowCount(0);

    // when
    Evaluation evaluation = against(empty, empty);

    // then
    assertThat(evaluation.outcome()).isEqualTo(Evaluation.Outcome.NO_DRIFT);
    assertThat(evaluation.notEvaluated()).hasSize(8);
  }

  @Test
  void shouldAskForARepeatedLoadWhenRowsDouble() {
    // when
    Finding finding = onlyFinding(TABLE, TABLE.withRowCount(2_004));

    // then
    assertThat(finding.message())
        .endsWith(": 100.4 % more; 2 times as many: was the load repeated?");
  }

  @Test
  void shouldNameTheRepeatedRowsWhenAPartWasLoadedTwice() {
    // given
    Profiles before = TABLE.withColumn(Columns.identifiers("order_id"));
    Profiles now = before.withRowCount(1_100).withMetric("order_id", Metric.DISTINCT_COUNT, 1_000);

    // when
    Evaluation evaluation = against(before, now);

    // then
    assertThat(evaluation.findings()).hasSize(2);
    assertThat(evaluation.findings().get(0).message())
        .endsWith(": 10 % more; 100 rows repeat a key: was a part loaded twice?");
    assertThat(evaluation.findings().get(1).message())
        .endsWith(": 100 values repeat another, were rows loaded twice?");
  }

  @Test
  void shouldNotJudgeRowsWhenTheirNumberIsAnEstimateWithoutBounds() {
    // when
    Evaluation evaluation =
        against(TABLE, TABLE.withRowCount(2_000).withRowCountQuality(Quality.ESTIMATE));

    // then
    assertThat(evaluation.findings()).isEmpty();
    assertThat(evaluation.notEvaluated())
        .extracting(NotEvaluated::metric)
        .containsExactly(Metric.ROW_COUNT);
  }
}
