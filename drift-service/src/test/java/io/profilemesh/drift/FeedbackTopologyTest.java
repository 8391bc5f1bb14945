package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.profilemesh.core.profile.Profiles;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftCommandKind;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.Feedback;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.MetricJudgement;
import io.profilemesh.schema.NotEvaluated;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.VerdictOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say of an incident changes how later runs are judged. */
class FeedbackTopologyTest {

  private static final Profiles ORDERS = Profiles.orders();

  @TempDir Path stateDir;

  private TopologyHarness mesh;
  private int day;

  /** Thirty days on which some two percent of the addresses are missing. */
  @BeforeEach
  void start() {
    mesh = TopologyHarness.in(stateDir);
    while (day < 30) {
      send(2);
    }
    assertThat(mesh.events()).isEmpty();
    mesh.verdicts();
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  @Test
  void shouldTakeTheNewLevelAsNormalWhenAChangeWasExpected() {
    // given
    send(20);
    mesh.send(feedback(mesh.events().get(0), Feedback.EXPECTED));

    // when
    send(20);

    // then
    RunVerdict verdict = mesh.verdicts().get(1);
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.NO_DRIFT);
    assertThat(codes(verdict)).contains("TOLERATED_BY_FEEDBACK");
    assertThat(nulls(verdict))
        .satisfies(
            one -> {
              assertThat(one.getLower()).isLessThanOrEqualTo(2);
              assertThat(one.getUpper()).isBetween(20.0, 26.0);
              assertThat(one.getFindingId()).isNull();
            });
    assertThat(mesh.events())
        .extracting(DriftEvent::getIncidentState)
        .containsExactly(IncidentState.RESOLVED);
  }

  @Test
  void shouldTakeTheOldLevelAsNormalWhenTheExpectedChangeWasAnExceptionOnly() {
    // given
    send(20);
    mesh.send(feedback(mesh.events().get(0), Feedback.EXPECTED));

    // when: back again, and between
    send(2);
    send(11);
    send(2);

    // then
    assertThat(mesh.verdicts().subList(1, 4))
        .extracting(RunVerdict::getOutcome)
        .containsOnly(VerdictOutcome.NO_DRIFT);
  }

  @Test
  void shouldLearnTheNewLevelWhenItStays() {
    // given
    send(20);
    mesh.send(feedback(mesh.events().get(0), Feedback.EXPECTED));
    send(20);
    send(20);

    // when: bounds are those of the new level, as narrow as they were
    send(20);
    send(26);
    send(20);
    send(2);

    // then
    List<RunVerdict> verdicts = mesh.verdicts();
    assertThat(nulls(verdicts.get(3)))
        .satisfies(
            one -> {
              assertThat(one.getBaseline()).isBetween(19.0, 21.0);
              assertThat(one.getLower()).isGreaterThan(14);
              assertThat(one.getUpper()).isLessThan(26);
            });
    assertThat(verdicts)
        .extracting(RunVerdict::getOutcome)
        .containsExactly(
            VerdictOutcome.DRIFT,
            VerdictOutcome.NO_DRIFT,
            VerdictOutcome.NO_DRIFT,
            VerdictOutcome.NO_DRIFT,
            VerdictOutcome.DRIFT,
            VerdictOutcome.NO_DRIFT,
            VerdictOutcome.DRIFT);
  }

  @Test
  void shouldStillFindWhatIsBeyondAnExpectedChange() {
    // given
    send(20);
    mesh.send(feedback(mesh.events().get(0), Feedback.EXPECTED));

    // when
    send(45);

    // then
    assertThat(mesh.verdicts().get(1).getOutcome()).isEqualTo(VerdictOutcome.DRIFT);
    assertThat(mesh.events())
        .extracting(DriftEvent::getIncidentState)
        .containsExactly(IncidentState.RESOLVED, IncidentState.OPENED);
  }

  @Test
  void shouldWidenTheBoundsWhenItWasNoFault() {
    // given
    send(20);
    mesh.send(feedback(mesh.events().get(0), Feedback.FALSE_POSITIVE));

    // when: the same, and somewhat more
    send(20);
    send(24);

    // then
    List<RunVerdict> verdicts = mesh.verdicts();
    assertThat(verdicts.subList(1, 3))
        .extracting(RunVerdict::getOutcome)
        .containsOnly(VerdictOutcome.NO_DRIFT);
    assertThat(nulls(verdicts.get(1)).getUpper()).isBetween(24.0, 35.0);
  }

  @Test
  void shouldStillFindWhatIsFarBeyondAFalsePositive() {
    // given
    send(20);
    mesh.send(feedback(mesh.events().get(0), Feedback.FALSE_POSITIVE));

    // when
    send(45);

    // then
    assertThat(mesh.verdicts().get(1).getOutcome()).isEqualTo(VerdictOutcome.DRIFT);
  }

  @Test
  void shouldGoOnFindingWhatNobodyJudged() {
    // when
    send(20);
    send(20);

    // then
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getOutcome)
        .containsOnly(VerdictOutcome.DRIFT);
  }

  @Test
  void shouldLeaveConfirmedFaultsOutOfWhatIsLearned() {
    // given
    send(20);
    DriftEvent opened = mesh.events().get(0);

    // when: a person says so at once, and the fault goes on
    mesh.send(feedback(opened, Feedback.CONFIRMED));
    for (int i = 0; i < 6; i++) {
      send(20);
    }

    // then: the bounds are those of before, and it is the same incident
    List<RunVerdict> verdicts = mesh.verdicts();
    assertThat(verdicts)
        .extracting(RunVerdict::getOutcome, v -> v.getOpenIncidents())
        .containsOnly(tuple(VerdictOutcome.DRIFT, 1));
    assertThat(verdicts.get(6).getBaselineRunIds()).hasSize(30);
    assertThat(nulls(verdicts.get(6)).getUpper()).as("2 and five points").isLessThan(8);
    assertThat(mesh.events()).isEmpty();
  }

  private static List<String> codes(RunVerdict verdict) {
    return verdict.getNotEvaluated().stream().map(NotEvaluated::getCode).toList();
  }

  private static MetricJudgement nulls(RunVerdict verdict) {
    return verdict.getJudgements().stream()
        .filter(column -> "email".equals(column.getColumn()))
        .flatMap(column -> column.getMetrics().stream())
        .filter(metric -> metric.getMetric().equals("null_percent"))
        .findFirst()
        .orElseThrow();
  }

  /** A run of the next day; so many percent of the addresses are missing, give or take. */
  private void send(double percent) {
    double missing = Math.max(0, percent + 0.2 * new Random(day).nextGaussian());
    TableProfile profile =
        WireProfiles.whole(
            ORDERS
                .withRowCount(10_000)
                .withNullPercent("email", percent == 0 ? 0 : missing)
                .withRun("run-" + day)
                .withScannedAt(WireProfiles.day(day)));
    day++;
    mesh.send(profile);
  }

  private DriftCommand feedback(DriftEvent event, Feedback feedback) {
    return DriftCommand.newBuilder()
        .setCommandId(UUID.randomUUID().toString())
        .setKind(DriftCommandKind.FEEDBACK)
        .setDatasetId("shop/public/orders")
        .setIncidentId(event.getIncidentId())
        .setFeedback(feedback)
        .setActor("ada")
        .setIssuedAt(WireProfiles.day(day))
        .build();
  }
}
