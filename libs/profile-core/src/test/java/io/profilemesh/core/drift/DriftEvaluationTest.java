package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.TableProfile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftEvaluationTest {

  private static final Profiles ORDERS = Profiles.orders().withRowCount(10_000);

  @Test
  void shouldFindNothingWhenARunEqualsItsBaseline() {
    // when
    Evaluation evaluation = Judged.against(ORDERS, ORDERS);

    // then
    assertThat(evaluation.outcome()).isEqualTo(Evaluation.Outcome.NO_DRIFT);
    assertThat(evaluation.judgements()).hasSizeGreaterThan(20);
    assertThat(evaluation.judgements())
        .allSatisfy(
            judgement ->
                assertThat(judgement.current()).isBetween(judgement.lower(), judgement.upper()));
  }

  @Test
  void shouldNotEvaluateWhenThereIsNoBaseline() {
    // given
    NotEvaluated reason = NotEvaluated.ofRun(NotEvaluated.Code.FIRST_RUN, "Nothing there.");

    // when
    Evaluation evaluation =
        DriftEvaluation.evaluate(
            new Baseline.None(StrategyKind.PREVIOUS, reason),
            ORDERS.build(),
            DriftPolicies.builtIn());

    // then
    assertThat(evaluation.outcome()).isEqualTo(Evaluation.Outcome.NOT_EVALUATED);
    assertThat(evaluation.notEvaluated()).containsExactly(reason);
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void shouldSaySameThingWhenAskedTwice() {
    // given
    Profiles now = ORDERS.withNullPercent("email", 60).withMean("amount", 5_000);

    // when
    Evaluation first = Judged.against(ORDERS, now);
    Evaluation second = Judged.against(ORDERS, now);

    // then
    assertThat(second).isEqualTo(first);
  }

  @Test
  void shouldAgreeWithTheRangesWhenSomethingIsFound() {
    // given
    Profiles now = ORDERS.withNullPercent("email", 60).withMean("amount", 5_000);

    // when
    Evaluation evaluation = Judged.against(ORDERS, now);

    // then
    assertThat(evaluation.judgements())
        .filteredOn(
            judgement ->
                judgement.current() < judgement.lower() || judgement.current() > judgement.upper())
        .extracting(Judgement::metric)
        .containsExactlyInAnyOrder(Metric.NULL_PERCENT.wireName(), Metric.MEAN.wireName());
    assertThat(evaluation.count(Severity.HIGH)).isEqualTo(2);
    assertThat(evaluation.count(Severity.LOW)).isZero();
  }

  @Test
  void shouldSkipColumnsWhenTheyWereNotProfiled() {
    // given
    TableProfile whole = ORDERS.build();
    TableProfile partly = without(whole, "email");

    // when
    Evaluation now = evaluate(whole, partly);
    Evaluation before = evaluate(partly, whole);

    // then
    assertThat(now.notEvaluated())
        .containsExactly(
            NotEvaluated.ofColumn(
                new ColumnName("email"),
                NotEvaluated.Code.NOT_PROFILED,
                "This run did not profile the column."));
    assertThat(before.notEvaluated())
        .extracting(NotEvaluated::code)
        .containsExactly(NotEvaluated.Code.NOT_IN_BASELINE);
    assertThat(now.findings()).isEmpty();
    assertThat(before.findings()).isEmpty();
  }

  @Test
  void shouldObeyThePolicyWhenItIgnoresOrLooksOneWay() {
    // given
    Profiles more = ORDERS.withNullPercent("email", 60);

    // when / then
    assertThat(findings(ORDERS, more, policy(true, Direction.BOTH))).isEmpty();
    assertThat(findings(ORDERS, more, policy(false, Direction.DOWN))).isEmpty();
    assertThat(findings(ORDERS, more, policy(false, Direction.UP))).hasSize(1);
  }

  @Test
  void shouldAskTheFirstPolicyWhenSeveralCoverAMetric() {
    // given
    DriftPolicy ignoring = policy("a", 1, true, Direction.BOTH);
    DriftPolicy reporting = policy("b", 1, false, Direction.BOTH);
    Profiles more = ORDERS.withNullPercent("email", 60);

    // when
    List<Finding> found = findings(ORDERS, more, reporting, ignoring);

    // then
    assertThat(found).isEmpty();
  }

  @Test
  void shouldFallBackToTheBuiltInAnswersWhenNoPolicyCoversAMetric() {
    // when
    Evaluation evaluation =
        DriftEvaluation.evaluate(
            new Baseline.SingleRun(StrategyKind.PREVIOUS, ORDERS.build()),
            ORDERS.withNullPercent("email", 60).build(),
            new DriftPolicies(7, List.of()));

    // then
    assertThat(evaluation.findings()).hasSize(1);
    assertThat(evaluation.policyVersion()).isEqualTo(7);
  }

  private static List<Finding> findings(Profiles before, Profiles now, DriftPolicy... policies) {
    return DriftEvaluation.evaluate(
            new Baseline.SingleRun(StrategyKind.PREVIOUS, before.build()),
            now.build(),
            new DriftPolicies(1, List.of(policies)))
        .findings();
  }

  private static DriftPolicy policy(boolean ignore, Direction direction) {
    return policy("one", 1, ignore, direction);
  }

  private static DriftPolicy policy(String id, int rank, boolean ignore, Direction direction) {
    return DriftPolicy.of(id, rank)
        .metrics(Set.of(Metric.NULL_PERCENT.wireName()))
        .ignore(ignore)
        .direction(direction)
        .build();
  }

  private static Evaluation evaluate(TableProfile before, TableProfile now) {
    return DriftEvaluation.evaluate(
        new Baseline.SingleRun(StrategyKind.PREVIOUS, before), now, DriftPolicies.builtIn());
  }

  private static TableProfile without(TableProfile profile, String column) {
    List<ColumnProfile> rest =
        profile.columnProfiles().stream()
            .filter(one -> !one.name().value().equals(column))
            .toList();
    return new TableProfile(
        profile.runId(),
        profile.dataset(),
        profile.scannedAt(),
        profile.rowCount(),
        profile.rowCountQuality(),
        profile.columns(),
        profile.metrics(),
        rest);
  }
}
