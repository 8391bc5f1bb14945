package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Columns;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.TableProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class LearnedJudgeTest {

  private static final Profiles ORDERS = Profiles.orders().withRowCount(10_000);

  /** Days on which the numbers wander by chance and nothing else. */
  private static Profiles usual(int day) {
    Random random = new Random(day);
    double paid = 0.7 + 0.004 * random.nextGaussian();
    return ORDERS
        .withRowCount(Math.round(10_000 + 100 * random.nextGaussian()))
        .withMean("amount", 50 + 0.15 * random.nextGaussian())
        .withNullPercent("email", 2 + 0.14 * random.nextGaussian())
        .withCategories("status", Map.of("paid", paid, "open", 0.9 - paid, "returned", 0.1));
  }

  private static Evaluation after(int days, IntFunction<Profiles> past, Profiles now) {
    return after(days, past, now, DriftPolicies.builtIn());
  }

  private static Evaluation after(
      int days, IntFunction<Profiles> past, Profiles now, DriftPolicies policies) {
    List<TableProfile> history = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      history.add(at(past.apply(day), day));
    }
    Collections.reverse(history);
    return DriftEvaluation.evaluate(
        new Baseline.History(StrategyKind.AUTO, history), at(now, days), policies);
  }

  private static TableProfile at(Profiles profiles, int day) {
    return profiles
        .withRun("day-" + day)
        .withScannedAt(Profiles.MONDAY.plus(Duration.ofDays(day)))
        .build();
  }

  @Test
  void shouldFindNothingWhenNumbersWanderAsTheyDo() {
    for (int days : new int[] {7, 8, 12, 20, 34, 59}) {
      assertThat(after(days, LearnedJudgeTest::usual, usual(days)).findings()).isEmpty();
    }
  }

  @Test
  void shouldFindAShiftThatFixedThresholdsWouldCallSmall() {
    // when: 12 % of a deviation, twelve times what days differ by
    Evaluation evaluation = after(40, LearnedJudgeTest::usual, usual(40).withMean("amount", 51.8));

    // then
    assertThat(evaluation.findings()).hasSize(1);
    Finding finding = evaluation.findings().get(0);
    assertThat(finding.metric()).isEqualTo("mean");
    assertThat(finding.detector()).isEqualTo("learned_bounds");
    assertThat(finding.severity()).isEqualTo(Severity.LOW);
    assertThat(finding.message())
        .startsWith("amount of orders: the mean is 51.8, 50")
        .contains("expected from the last 40 runs");
    assertThat(((Change.OfNumber) finding.change()).significance()).isLessThan(0.001);
  }

  @Test
  void shouldFindNullsWhereThereWereNever() {
    // when
    Evaluation evaluation =
        after(20, LearnedJudgeTest::usual, usual(20).withNullPercent("status", 1.5));

    // then
    assertThat(evaluation.findings()).extracting(Finding::metric).containsExactly("null_percent");
  }

  @Test
  void shouldLearnTheRhythmOfTheWeek() {
    // given: half of the rows, and another mean, on Sundays
    IntFunction<Profiles> weekly =
        day -> day % 7 == 6 ? usual(day).withRowCount(5_000).withMean("amount", 60) : usual(day);

    // when
    Evaluation sunday = after(48, weekly, weekly.apply(6));
    Evaluation monday = after(49, weekly, weekly.apply(6));

    // then
    assertThat(sunday.findings()).isEmpty();
    assertThat(monday.findings()).extracting(Finding::metric).contains("row_count", "mean");
  }

  @Test
  void shouldExpectATrendToGoOn() {
    // given: two percent more every day
    IntFunction<Profiles> growing =
        day -> usual(day).withRowCount(Math.round(10_000 * Math.pow(1.02, day)));

    // when
    Evaluation going = after(50, growing, growing.apply(50));
    Evaluation stopped = after(50, growing, growing.apply(30));

    // then
    assertThat(going.findings()).isEmpty();
    assertThat(stopped.findings()).extracting(Finding::metric).containsExactly("row_count");
  }

  @Test
  void shouldForgiveOneOddRunInThePast() {
    // given
    IntFunction<Profiles> once =
        day -> day == 29 ? usual(day).withNullPercent("email", 60) : usual(day);

    // when / then
    assertThat(after(30, once, usual(30)).findings()).isEmpty();
    assertThat(after(30, once, usual(30).withNullPercent("email", 12)).findings())
        .extracting(Finding::metric)
        .containsExactly("null_percent");
  }

  @Test
  void shouldNameTheCategoryThatMovedMost() {
    // when
    Evaluation evaluation =
        after(
            30,
            LearnedJudgeTest::usual,
            usual(30)
                .withCategories("status", Map.of("paid", 0.55, "open", 0.2, "returned", 0.25)));

    // then
    assertThat(evaluation.findings())
        .filteredOn(finding -> finding.kind() == DriftKind.DISTRIBUTION)
        .extracting(Finding::message)
        .singleElement()
        .asString()
        .contains(" rose from 10 % to 25 %");
  }

  @Test
  void shouldNotAlarmAtARareNewCategory() {
    // when
    Evaluation evaluation =
        after(
            30,
            LearnedJudgeTest::usual,
            usual(30)
                .withCategories(
                    "status",
                    Map.of("paid", 0.7, "open", 0.197, "returned", 0.1, "disputed", 0.003)));

    // then
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void shouldNotCallTenTimesMoreRowsADriftOfTheColumns() {
    // when
    Evaluation evaluation = after(30, LearnedJudgeTest::usual, usual(30).withRowCount(100_000));

    // then
    assertThat(evaluation.findings()).extracting(Finding::metric).containsExactly("row_count");
  }

  @Test
  void shouldLeaveRunsOfAHolidayOutOfWhatItLearns() {
    // given: ten odd days among twenty, marked as special
    IntFunction<Profiles> odd =
        day -> day >= 5 && day < 15 ? usual(day).withMean("amount", 80 + day) : usual(day);
    CalendarWindow special =
        new CalendarWindow(
            "sale",
            Profiles.MONDAY.plus(Duration.ofDays(5)),
            Profiles.MONDAY.plus(Duration.ofDays(15)),
            false);
    DriftPolicies policies =
        new DriftPolicies(1, List.of(DriftPolicy.of("p", 1).calendars(List.of(special)).build()));

    // when
    Evaluation evaluation = after(20, odd, usual(20).withMean("amount", 53), policies);

    // then
    assertThat(evaluation.findings()).extracting(Finding::metric).contains("mean");
  }

  @Test
  void shouldCompareWithTheRunBeforeWhenAPolicyWantsSimpleThresholds() {
    // given
    DriftPolicies simple =
        new DriftPolicies(
            1, List.of(DriftPolicy.of("simple", 1).strategy(StrategyKind.PREVIOUS).build()));

    // when: seven percent more than the day before
    Evaluation evaluation =
        after(20, LearnedJudgeTest::usual, usual(19).withMean("amount", 53.5), simple);

    // then
    assertThat(evaluation.findings())
        .extracting(Finding::detector)
        .containsExactly("relative_change");
  }

  @Test
  void shouldNotCallOneHugeValueADriftOfTheMean() {
    // given: one value of four million among ten thousand around 50
    IntFunction<Profiles> past =
        day ->
            usual(day)
                .withMetric(
                    "amount", Metric.STANDARD_DEVIATION, 15 + 0.1 * new Random(day).nextGaussian());
    Profiles outlier =
        usual(30)
            .withMetric("amount", Metric.MEAN, 450)
            .withMetric("amount", Metric.STANDARD_DEVIATION, 40_000)
            .withMetric("amount", Metric.SKEWNESS, 99.9);

    // when / then
    assertThat(after(30, past, outlier).findings()).isEmpty();
  }

  @Test
  void shouldNotJudgeRunningNumbersByTheirMean() {
    // given
    IntFunction<Profiles> growing =
        day ->
            ORDERS
                .withRowCount(10_000 + 50L * day)
                .withColumn(Columns.identifiers("order_id"))
                .withColumn(Columns.numbers("extra", ColumnType.INTEGER, 10, 3));

    // when / then
    assertThat(after(30, growing, growing.apply(31)).findings()).isEmpty();
  }

  /** Months of sixty rows. */
  private static Profiles few(int day) {
    return usual(day).withRowCount(60).withNullPercent("email", 0);
  }

  @Test
  void shouldFindAFewNullsInAFewRowsWhereThereWereNever() {
    // when: three of sixty, which no pair of runs could tell from chance
    Evaluation evaluation = after(30, LearnedJudgeTest::few, few(30).withNullPercent("email", 5));

    // then
    assertThat(evaluation.findings()).extracting(Finding::metric).containsExactly("null_percent");
  }

  @Test
  void shouldNotCallAFewMoreNullsADriftWhereTheyComeByChance() {
    // given: one of sixty every other month, which is what counting makes of 1 %
    IntFunction<Profiles> some = day -> few(day).withNullPercent("email", day % 2 * 100 / 60.0);

    // when / then
    assertThat(after(30, some, few(30).withNullPercent("email", 200 / 60.0)).findings()).isEmpty();
    assertThat(after(30, some, few(30).withNullPercent("email", 1_200 / 60.0)).findings())
        .extracting(Finding::metric)
        .containsExactly("null_percent");
  }

  @Test
  void shouldExpectJumpsOfANumberThatJumpsTimeAndAgain() {
    // given: a hundred times as much on every ninth day
    IntFunction<Profiles> jumpy =
        day -> day % 9 == 8 ? usual(day).withMetric("amount", Metric.MEAN, 5_000) : usual(day);

    // when / then
    assertThat(after(44, jumpy, usual(44).withMetric("amount", Metric.MEAN, 6_000)).findings())
        .isEmpty();
  }

  @Test
  void shouldExpectASeasonThatGrows() {
    // given: half of the rows on Sundays, two percent more every day
    IntFunction<Profiles> growing =
        day ->
            usual(day)
                .withRowCount(Math.round(10_000 * Math.pow(1.02, day) * (day % 7 == 6 ? 0.5 : 1)));

    // when / then
    assertThat(after(55, growing, growing.apply(55)).findings()).isEmpty();
    assertThat(after(56, growing, growing.apply(55)).findings())
        .extracting(Finding::metric)
        .containsExactly("row_count");
  }

  /** The seven days of a week, each at midnight, in a run for every week. */
  private static TableProfile week(int week, Duration late) {
    Instant monday = Instant.parse("2025-01-06T00:00:00Z").plus(Duration.ofDays(7L * week));
    return Profiles.table(DatasetId.of("weather", "public", "days"))
        .withRowCount(7)
        .withColumn(
            Columns.instants("day", monday.plus(late), monday.plus(Duration.ofDays(6)).plus(late)))
        .withRun("week-" + week)
        .withScannedAt(monday)
        .build();
  }

  private static Evaluation afterWeeks(int weeks, TableProfile now) {
    List<TableProfile> history = new ArrayList<>();
    for (int week = weeks - 1; week >= 0; week--) {
      history.add(week(week, Duration.ZERO));
    }
    return DriftEvaluation.evaluate(
        new Baseline.History(StrategyKind.AUTO, history), now, DriftPolicies.builtIn());
  }

  @Test
  void shouldFindThatDatesMovedByHoursWhenTheyAlwaysHadTheirPlaceInThePeriod() {
    // when
    Evaluation moved = afterWeeks(30, week(30, Duration.ofHours(5)));

    // then
    assertThat(moved.findings()).extracting(Finding::metric).containsExactly("earliest");
    assertThat(afterWeeks(30, week(30, Duration.ZERO)).findings()).isEmpty();
    assertThat(afterWeeks(15, week(15, Duration.ofHours(5))).findings())
        .as("too few runs to call the place fixed")
        .isEmpty();
  }

  @Test
  void shouldExpectDatesToStayWhenATableIsAtRest() {
    // given: the same dates in every run, and a run that is three weeks late
    List<TableProfile> history = new ArrayList<>();
    for (int week = 29; week >= 0; week--) {
      history.add(atRest(week));
    }

    // when
    Evaluation evaluation =
        DriftEvaluation.evaluate(
            new Baseline.History(StrategyKind.AUTO, history), atRest(33), DriftPolicies.builtIn());

    // then
    assertThat(evaluation.findings()).isEmpty();
  }

  private static TableProfile atRest(int week) {
    Instant monday = Instant.parse("2025-01-06T00:00:00Z");
    return Profiles.table(DatasetId.of("weather", "public", "days"))
        .withRowCount(7)
        .withColumn(Columns.instants("day", monday, monday.plus(Duration.ofDays(6))))
        .withRun("week-" + week)
        .withScannedAt(monday.plus(Duration.ofDays(7L * week)))
        .build();
  }
}
