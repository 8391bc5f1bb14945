package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.TableProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class FreshnessTest {

  private static final Profiles ORDERS = Profiles.orders();
  private static final double HOUR = Duration.ofHours(1).toMillis();

  /** Some two hours, give or take ten minutes. */
  private static double nightly(int day) {
    return 2 * HOUR + HOUR / 6 * new Random(day).nextGaussian();
  }

  private static TableProfile aged(int day, double age) {
    return ORDERS
        .withRun("day-" + day)
        .withScannedAt(Profiles.MONDAY.plus(Duration.ofDays(day)))
        .withTableMetric(Metric.DATA_AGE, age)
        .build();
  }

  private static Evaluation after(
      int days, IntToDoubleFunction age, TableProfile now, DriftPolicies policies) {
    List<TableProfile> history = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      history.add(aged(day, age.applyAsDouble(day)));
    }
    Collections.reverse(history);
    return DriftEvaluation.evaluate(
        new Baseline.History(StrategyKind.AUTO, history), now, policies);
  }

  private static Evaluation after(int days, IntToDoubleFunction age, double now) {
    return after(days, age, aged(days, now), DriftPolicies.builtIn());
  }

  @Test
  void shouldFindDataThatIsOlderThanItEverWas() {
    // when: last night's load did not come
    Evaluation evaluation = after(14, FreshnessTest::nightly, 26 * HOUR);

    // then
    assertThat(evaluation.findings())
        .extracting(Finding::kind, Finding::metric, Finding::severity)
        .containsExactly(tuple(DriftKind.FRESHNESS, "data_age", Severity.HIGH));
    assertThat(evaluation.findings().get(0).message())
        .matches(
            "orders: the newest data is 26 hours old, (2|2\\.\\d) hours expected from the last 14"
                + " runs: has the load stopped\\?");
  }

  @Test
  void shouldNameTheColumnThatSaysHowOldTheDataIs() {
    // given
    TableProfile now =
        ORDERS
            .withScannedAt(Profiles.MONDAY.plus(Duration.ofDays(14)))
            .withMetric(
                "ordered_at",
                Metric.LATEST,
                Profiles.MONDAY.plus(Duration.ofDays(11)).toEpochMilli())
            .withTableMetric(Metric.DATA_AGE, 72 * HOUR)
            .build();

    // when
    Evaluation evaluation = after(14, FreshnessTest::nightly, now, DriftPolicies.builtIn());

    // then
    assertThat(evaluation.findings())
        .filteredOn(finding -> finding.kind() == DriftKind.FRESHNESS)
        .extracting(Finding::message)
        .singleElement()
        .asString()
        .startsWith(
            "orders: the newest data is 3 days old (the latest ordered_at is 2026-03-13 06:00 UTC),"
                + " ");
  }

  @Test
  void shouldFindNothingWhenAgesAreAsUsual() {
    for (int days : new int[] {7, 10, 20, 40}) {
      assertThat(after(days, FreshnessTest::nightly, nightly(days)).findings()).isEmpty();
      assertThat(after(days, FreshnessTest::nightly, HOUR / 60).findings())
          .as("fresher than ever")
          .isEmpty();
    }
  }

  @Test
  void shouldLetATableAtRestGrowOld() {
    // given: loaded once, profiled at odd hours
    IntToDoubleFunction resting = day -> 24 * HOUR * day + 5 * HOUR * (day % 3);

    // when / then: even after a day without a run
    TableProfile late =
        ORDERS
            .withScannedAt(Profiles.MONDAY.plus(Duration.ofDays(23)))
            .withTableMetric(Metric.DATA_AGE, 23 * 24 * HOUR)
            .build();
    List<TableProfile> history = new ArrayList<>();
    for (int day = 0; day < 20; day++) {
      history.add(
          ORDERS
              .withRun("day-" + day)
              .withScannedAt(
                  Profiles.MONDAY.plus(Duration.ofMillis((long) resting.applyAsDouble(day))))
              .withTableMetric(Metric.DATA_AGE, resting.applyAsDouble(day))
              .build());
    }
    Collections.reverse(history);
    assertThat(
            DriftEvaluation.evaluate(
                    new Baseline.History(StrategyKind.AUTO, history), late, DriftPolicies.builtIn())
                .findings())
        .filteredOn(finding -> finding.kind() == DriftKind.FRESHNESS)
        .isEmpty();
  }

  @Test
  void shouldJudgeByThePolicyWhenItSaysWhatIsTooOld() {
    // given
    DriftPolicies strict =
        new DriftPolicies(
            3,
            List.of(
                DriftPolicy.of("daily", 1)
                    .metrics(java.util.Set.of("data_age"))
                    .maximumDataAge(Duration.ofHours(24))
                    .build()));
    Baseline previous = new Baseline.SingleRun(StrategyKind.PREVIOUS, aged(0, 30 * HOUR));

    // when
    Evaluation old = DriftEvaluation.evaluate(previous, aged(1, 30 * HOUR), strict);
    Evaluation fresh = DriftEvaluation.evaluate(previous, aged(1, 23 * HOUR), strict);

    // then
    assertThat(old.findings())
        .extracting(Finding::detector, Finding::severity, Finding::message)
        .containsExactly(
            tuple(
                "data_age_bound",
                Severity.MEDIUM,
                "orders: the newest data is 30 hours old, at most 24 hours by policy daily: has the"
                    + " load stopped?"));
    assertThat(fresh.findings()).isEmpty();
    assertThat(fresh.judgements())
        .filteredOn(one -> one.metric().equals("data_age"))
        .extracting(Judgement::lower, Judgement::upper, Judgement::current)
        .containsExactly(tuple(0.0, 24 * HOUR, 23 * HOUR));
  }

  @Test
  void shouldSayThatHistoryIsTooShort() {
    // when
    Evaluation evaluation =
        DriftEvaluation.evaluate(
            new Baseline.SingleRun(StrategyKind.AUTO, aged(0, HOUR)),
            aged(1, 80 * HOUR),
            DriftPolicies.builtIn());

    // then
    assertThat(evaluation.findings()).isEmpty();
    assertThat(evaluation.notEvaluated())
        .extracting(NotEvaluated::metric, NotEvaluated::code)
        .containsExactly(tuple(Metric.DATA_AGE, NotEvaluated.Code.TOO_LITTLE_HISTORY));
  }

  @Test
  void shouldNotJudgeHowOldAPeriodIs() {
    // given: a slice of years ago, filled in today
    TableProfile slice =
        ORDERS
            .withDataset(new DatasetId("shop", "public", "orders", "daily"))
            .withTableMetric(Metric.DATA_AGE, 9_000 * HOUR)
            .build();
    DriftPolicies strict =
        new DriftPolicies(
            1, List.of(DriftPolicy.of("p", 1).maximumDataAge(Duration.ofHours(1)).build()));

    // when
    Evaluation evaluation =
        DriftEvaluation.evaluate(
            new Baseline.SingleRun(StrategyKind.PREVIOUS, slice), slice, strict);

    // then
    assertThat(evaluation.findings()).isEmpty();
    assertThat(evaluation.judgements()).extracting(Judgement::metric).doesNotContain("data_age");
  }

  @Test
  void shouldSayAgesAsPeopleDo() {
    assertThat(DataAge.words(1_000)).isEqualTo("1 second");
    assertThat(DataAge.words(90 * 60_000)).isEqualTo("90 minutes");
    assertThat(DataAge.words(26.5 * HOUR)).isEqualTo("26.5 hours");
    assertThat(DataAge.words(240 * HOUR)).isEqualTo("10 days");
  }
}
