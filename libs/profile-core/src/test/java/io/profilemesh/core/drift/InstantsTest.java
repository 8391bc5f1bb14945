package io.profilemesh.core.drift;

import static io.profilemesh.core.drift.Judged.against;
import static io.profilemesh.core.drift.Judged.onlyFinding;
import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Columns;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Profiles;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InstantsTest {

  private static final Instant END = Profiles.MONDAY;
  private static final Instant START = END.minus(Duration.ofDays(100));

  private static Profiles ordered(Instant from, Instant to) {
    return Profiles.table(DatasetId.of("shop", "public", "orders"))
        .withRowCount(10_000)
        .withColumn(Columns.instants("ordered_at", from, to));
  }

  @Test
  void shouldBeSilentWhenADayHasPassed() {
    // given
    Profiles before = ordered(START, END);

    // when
    Evaluation evaluation = against(before, ordered(START, END.plus(Duration.ofDays(1))));

    // then
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void shouldBeSilentWhenAStagingTableHoldsTheNextDay() {
    // given: only one day in it, each day another
    Duration day = Duration.ofDays(1);
    Profiles before = ordered(END.minus(day), END);

    // when
    Evaluation evaluation = against(before, ordered(END, END.plus(day)));

    // then
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void shouldBeSilentWhenATableGrowsAtItsOldDensity() {
    // given: 10 % more rows, 10 % more days
    Profiles before = ordered(START, END);
    Profiles now = ordered(START, END.plus(Duration.ofDays(10))).withRowCount(11_000);

    // when
    Evaluation evaluation = against(before, now);

    // then
    assertThat(evaluation.findings()).extracting(Finding::metric).containsExactly("row_count");
  }

  @Test
  void shouldReportWhenTheNewestDaysAreGone() {
    // when
    Finding finding =
        onlyFinding(ordered(START, END), ordered(START, END.minus(Duration.ofDays(20))));

    // then
    assertThat(finding.metric()).isEqualTo("latest");
    assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(finding.message())
        .isEqualTo(
            "ordered_at of orders: the latest value is 2026-02-10 06:00 UTC, 2026-03-02 06:00 UTC"
                + " in the run before (2026-03-02 06:00 UTC).");
  }

  @Test
  void shouldReportWhenADateOfTheDistantFutureAppears() {
    // when
    Finding finding =
        onlyFinding(ordered(START, END), ordered(START, Instant.parse("9999-12-31T00:00:00Z")));

    // then
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.message()).contains("the latest value is 9999-12-31 00:00 UTC");
  }

  @Test
  void shouldReportWhenADefaultDateOfThePastAppears() {
    // when
    Finding finding =
        onlyFinding(ordered(START, END), ordered(Instant.parse("1900-01-01T00:00:00Z"), END));

    // then
    assertThat(finding.metric()).isEqualTo("earliest");
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void shouldNotTakeDistanceFrom1970ForAScaleWhenDaysMove() {
    // given: 6 of 100 days lost are 6 %, and 0.03 % of the time since 1970

    // when
    Finding finding =
        onlyFinding(ordered(START, END), ordered(START, END.minus(Duration.ofDays(6))));

    // then
    assertThat(finding.severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void shouldBeSilentWhenAFewRowsHaveOtherEnds() {
    // given: with 20 rows, an end may lie 7/20 of the span away
    Profiles before = ordered(START, END).withRowCount(20);
    Profiles now = ordered(START.plus(Duration.ofDays(30)), END).withRowCount(20);

    // when
    Evaluation evaluation = against(before, now);

    // then
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void shouldWriteDatesAsDatesWhenTheTypeIsDate() {
    // given
    Profiles before =
        ordered(START, END).with("ordered_at", it -> it.withDataType("date", ColumnType.DATE));
    Profiles now =
        ordered(START, END.minus(Duration.ofDays(50)))
            .with("ordered_at", it -> it.withDataType("date", ColumnType.DATE));

    // when
    Finding finding = onlyFinding(before, now);

    // then
    assertThat(finding.message()).contains("the latest value is 2026-01-11, 2026-03-02 in the run");
  }
}
