package io.profilemesh.core.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.drift.Baseline;
import io.profilemesh.core.drift.Change;
import io.profilemesh.core.drift.DriftEvaluation;
import io.profilemesh.core.drift.DriftKind;
import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.Evaluation;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.core.drift.Judgement;
import io.profilemesh.core.drift.Severity;
import io.profilemesh.core.drift.StrategyKind;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FeedbackLessonsTest {

  private static final Profiles ORDERS = Profiles.orders();
  private static final TableProfile GOOD = at(0, ORDERS);
  private static final TableProfile ODD = at(1, ORDERS.withNullPercent("email", 30));
  private static final IncidentIds IDS =
      new IncidentIds() {
        @Override
        public String incident(IncidentKey key, String openingEvent) {
          return "incident of " + openingEvent;
        }

        @Override
        public String resolution(Incident incident) {
          return "end of " + incident.id();
        }
      };

  private static TableProfile at(int day, Profiles profiles) {
    return profiles
        .withRun("day-" + day)
        .withScannedAt(Profiles.MONDAY.plus(Duration.ofDays(day)))
        .build();
  }

  private static Evaluation evaluated(StrategyKind strategy, TableProfile now) {
    return DriftEvaluation.evaluate(
        new Baseline.SingleRun(strategy, GOOD), now, DriftPolicies.builtIn());
  }

  /** The incident that the odd run opened, after a person judged it. */
  private static Incident judged(StrategyKind strategy, TableProfile odd, Feedback feedback) {
    Finding finding = evaluated(strategy, odd).findings().get(0);
    RunSeen run =
        new RunSeen(
            odd.dataset(), odd.runId(), odd.scannedAt(), odd.scannedAt(), null, List.of(), IDS);
    Step opened =
        new IncidentCourse(IncidentRules.DEFAULT)
            .found(List.of(), run, List.of(Sighting.of("event", finding, false)));
    Incident incident = Objects.requireNonNull(opened.incident());
    return Objects.requireNonNull(
        IncidentCare.judge(incident, odd.dataset(), feedback, odd.scannedAt(), IDS).incident());
  }

  private static FeedbackLessons lessons(Incident incident, Map<RunId, TableProfile> normal) {
    return new FeedbackLessons(
        key -> key.equals(incident.key()) ? List.of(incident) : List.of(),
        normal,
        IncidentRules.DEFAULT);
  }

  private static FeedbackLessons.Heard heard(Feedback feedback, Profiles now) {
    Map<RunId, TableProfile> normal =
        feedback == Feedback.EXPECTED ? Map.of(ODD.runId(), ODD) : Map.of();
    return lessons(judged(StrategyKind.PREVIOUS, ODD, feedback), normal)
        .hear(evaluated(StrategyKind.PREVIOUS, at(2, now)));
  }

  private static Profiles missing(double percent) {
    return ORDERS.withNullPercent("email", percent);
  }

  private static Judgement nulls(Evaluation evaluation) {
    return evaluation.judgements().stream()
        .filter(one -> Objects.equals(one.column(), new ColumnName("email")))
        .filter(one -> one.metric().equals("null_percent"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldTakeWhatWasExpectedAsNormal() {
    // when
    FeedbackLessons.Heard same = heard(Feedback.EXPECTED, missing(30));
    FeedbackLessons.Heard between = heard(Feedback.EXPECTED, missing(20));
    FeedbackLessons.Heard beyond = heard(Feedback.EXPECTED, missing(45));

    // then
    assertThat(same.evaluation().findings()).isEmpty();
    assertThat(same.tolerated()).extracting(Finding::metric).containsExactly("null_percent");
    assertThat(nulls(same.evaluation()).isWithin()).isTrue();
    assertThat(between.evaluation().findings()).isEmpty();
    assertThat(beyond.evaluation().findings()).hasSize(1);
    assertThat(beyond.tolerated()).isEmpty();
  }

  @Test
  void shouldHoldTheRunForNormalHoweverTheIncidentWasMeasured() {
    // given: the run is remembered no more, so that only its effect is known
    Incident incident = judged(StrategyKind.PREVIOUS, ODD, Feedback.EXPECTED);
    FeedbackLessons lessons = lessons(incident, Map.of());

    // when / then: the same way, up to half as much again
    assertThat(lessons.hear(evaluated(StrategyKind.PREVIOUS, at(2, missing(40)))).tolerated())
        .hasSize(1);
    assertThat(lessons.hear(evaluated(StrategyKind.PREVIOUS, at(2, missing(60)))).tolerated())
        .isEmpty();
  }

  @Test
  void shouldWidenTheRangeOfTheGroupWhenItWasNoFault() {
    // when
    FeedbackLessons.Heard more = heard(Feedback.FALSE_POSITIVE, missing(40));
    FeedbackLessons.Heard most = heard(Feedback.FALSE_POSITIVE, missing(60));

    // then
    assertThat(more.evaluation().findings()).isEmpty();
    assertThat(nulls(more.evaluation()).upper()).isGreaterThanOrEqualTo(2 + 1.5 * 28);
    assertThat(most.evaluation().findings()).hasSize(1);
  }

  @Test
  void shouldWidenTheRangeBothWaysWhenItWasNoFault() {
    // given: it had gone up from 2 to 30, now it comes down from 60 to 35
    Incident incident = judged(StrategyKind.PREVIOUS, ODD, Feedback.FALSE_POSITIVE);
    Evaluation evaluation =
        DriftEvaluation.evaluate(
            new Baseline.SingleRun(StrategyKind.PREVIOUS, at(1, missing(60))),
            at(2, missing(35)),
            DriftPolicies.builtIn());

    // when
    FeedbackLessons.Heard heard = lessons(incident, Map.of()).hear(evaluation);

    // then
    assertThat(evaluation.findings()).hasSize(1);
    assertThat(heard.evaluation().findings()).isEmpty();
    assertThat(heard.tolerated()).hasSize(1);
  }

  @Test
  void shouldNotTouchOtherColumnsOrConfirmedFaults() {
    // when
    FeedbackLessons.Heard other =
        heard(Feedback.FALSE_POSITIVE, ORDERS.withNullPercent("status", 30));
    FeedbackLessons.Heard confirmed = heard(Feedback.CONFIRMED, missing(30));

    // then
    assertThat(other.evaluation().findings()).hasSize(1);
    assertThat(confirmed.evaluation().findings()).hasSize(1);
    assertThat(nulls(confirmed.evaluation()).isWithin()).isFalse();
  }

  @Test
  void shouldCompareWithTheLargestEffectOfTheGroup() {
    // given: another metric of the group moved further than the one that leads
    Incident incident = judged(StrategyKind.PREVIOUS, ODD, Feedback.FALSE_POSITIVE);
    Finding small =
        new Finding(
            DriftKind.COMPLETENESS,
            new ColumnName("email"),
            "blank_percent",
            "relative_change",
            Map.of(),
            new Change.OfNumber(0, 30, null, 0.3, 0.3, 0.3, 0, 0, null),
            Severity.HIGH,
            "a sentence");
    Finding large =
        new Finding(
            small.kind(),
            small.column(),
            small.metric(),
            small.detector(),
            small.parameters(),
            small.change(),
            small.severity(),
            small.message(),
            0.9,
            null);

    // when
    Evaluation evaluation = evaluated(StrategyKind.PREVIOUS, GOOD);

    // then
    FeedbackLessons lessons = lessons(incident, Map.of());
    assertThat(lessons.hear(evaluation.with(List.of(small), List.of())).tolerated()).hasSize(1);
    assertThat(lessons.hear(evaluation.with(List.of(large), List.of())).tolerated()).isEmpty();
  }

  @Test
  void shouldTolerateAnAcceptedSchemaOnlyAgainstAPinnedRun() {
    // given
    TableProfile changed = at(1, ORDERS.withoutColumn("gift"));

    // when / then: against any other, the accepted schema is the baseline
    for (StrategyKind strategy : List.of(StrategyKind.PINNED, StrategyKind.PREVIOUS)) {
      FeedbackLessons lessons = lessons(judged(strategy, changed, Feedback.EXPECTED), Map.of());
      assertThat(lessons.hear(evaluated(strategy, changed)).tolerated())
          .hasSize(strategy == StrategyKind.PINNED ? 1 : 0);
    }
  }
}
