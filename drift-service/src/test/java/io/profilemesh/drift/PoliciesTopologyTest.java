package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.Profiles;
import io.profilemesh.schema.BaselineChoice;
import io.profilemesh.schema.BaselineStrategy;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.Direction;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.Severity;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.VerdictOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesTopologyTest {

  private static final Profiles ORDERS = Profiles.orders();
  private static final Profiles LOSSY = ORDERS.withNullPercent("email", 12);

  @TempDir Path stateDir;

  private TopologyHarness mesh;

  @BeforeEach
  void start() {
    mesh = TopologyHarness.in(stateDir);
    mesh.sendPolicy("built-in", null);
    mesh.send(run("a", 0, ORDERS));
    mesh.verdicts();
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  @Test
  void shouldJudgeByTheBuiltInOnesWhenThereAreNone() {
    // when
    mesh.send(run("b", 1, LOSSY));

    // then
    RunVerdict verdict = mesh.verdicts().get(0);
    assertThat(verdict.getPolicyVersion()).isZero();
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.DRIFT);
  }

  @Test
  void shouldJudgeByThePolicyWhenOneWasWritten() {
    // when
    mesh.sendPolicy("lax", lax().build());
    mesh.send(run("b", 1, LOSSY));

    // then
    RunVerdict verdict = mesh.verdicts().get(0);
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.NO_DRIFT);
    assertThat(verdict.getPolicyVersion()).as("its offset").isEqualTo(1);
  }

  @Test
  void shouldSayTheVersionInEveryEventWhenAPolicyJudged() {
    // when
    mesh.sendPolicy("lax", lax().build());
    mesh.sendPolicy("strict", strict().build());
    mesh.send(run("b", 1, LOSSY));

    // then
    assertThat(mesh.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getPolicyVersion()).isEqualTo(2);
              assertThat(event.getSeverity()).isEqualTo(Severity.HIGH);
              assertThat(event.getRunbookUrl()).isEqualTo("https://wiki.example.org/mail");
            });
  }

  @Test
  void shouldKeepTheLastValidOneWhenARecordIsBad() {
    // given
    mesh.sendPolicy("lax", lax().build());

    // when
    mesh.sendPolicy("lax", lax().setLowThreshold(0.9).setHighThreshold(0.1).build());
    mesh.sendPolicyBytes("lax", "no avro at all".getBytes(StandardCharsets.UTF_8));
    mesh.sendPolicy("another", lax().build());
    mesh.sendPolicy("lax", lax().setWindow(1_000).build());
    mesh.send(run("b", 1, LOSSY));

    // then
    assertThat(mesh.deadLetters())
        .extracting(DeadLetter::getCode)
        .containsExactly(
            "INVALID_RECORD", "NOT_AVRO_WIRE_FORMAT", "KEY_MISMATCH", "INVALID_RECORD");
    RunVerdict verdict = mesh.verdicts().get(0);
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.NO_DRIFT);
    assertThat(verdict.getPolicyVersion()).isEqualTo(1);
  }

  @Test
  void shouldFallBackWhenAPolicyIsRemovedAndNeverCountBackwards() {
    // given
    mesh.sendPolicy("lax", lax().build());

    // when
    mesh.sendPolicy("lax", null);
    mesh.send(run("b", 1, LOSSY));

    // then
    RunVerdict verdict = mesh.verdicts().get(0);
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.DRIFT);
    assertThat(verdict.getPolicyVersion()).isEqualTo(2);
  }

  @Test
  void shouldNotEndAnIncidentWhenAPolicyOnlySilencesIt() {
    // given
    mesh.send(run("b", 1, LOSSY));
    mesh.events();

    // when
    mesh.sendPolicy("quiet", lax().setPolicyId("quiet").setIgnore(true).build());
    mesh.send(run("c", 2, LOSSY));

    // then
    assertThat(mesh.events()).isEmpty();
    List<RunVerdict> verdicts = mesh.verdicts();
    assertThat(verdicts.get(1).getOpenIncidents()).isEqualTo(1);
    assertThat(verdicts.get(1).getFindingIds()).isEmpty();
  }

  @Test
  void shouldAcceptASchemaWhenItHasLastedAsLongAsThePolicyAsks() {
    // given
    mesh.sendPolicy(
        "patient",
        DriftPolicy.newBuilder().setPolicyId("patient").setAcceptSchemaAfterRuns(2).build());
    Profiles smaller = ORDERS.withoutColumn("gift");

    // when
    for (int day = 1; day <= 4; day++) {
      TableProfile profile = run("run-" + day, day, smaller);
      profile.setBaseline(
          new BaselineChoice(
              BaselineStrategy.PINNED, ORDERS.withRun("a").build().runId().toString()));
      mesh.send(profile);
    }

    // then
    assertThat(mesh.verdicts()).extracting(RunVerdict::getHighFindings).containsExactly(1, 1, 0, 0);
    assertThat(mesh.events())
        .extracting(DriftEvent::getIncidentState)
        .containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
  }

  @Test
  void shouldRefuseTheNameOfTheBuiltInOnes() {
    // when
    mesh.sendPolicy("built-in", lax().setPolicyId("built-in").build());

    // then
    assertThat(mesh.deadLetters())
        .extracting(DeadLetter::getCode)
        .containsExactly("INVALID_RECORD");
  }

  private static DriftPolicy.Builder lax() {
    return DriftPolicy.newBuilder()
        .setPolicyId("lax")
        .setRank(10)
        .setDatasetPattern("shop/*")
        .setColumnPattern("email")
        .setMetrics(List.of("null_percent"))
        .setDirection(Direction.BOTH)
        .setLowThreshold(0.5)
        .setMediumThreshold(0.6)
        .setHighThreshold(0.7);
  }

  private static DriftPolicy.Builder strict() {
    return lax()
        .setPolicyId("strict")
        .setRank(1)
        .setLowThreshold(0.01)
        .setMediumThreshold(0.02)
        .setHighThreshold(0.03)
        .setRunbookUrl("https://wiki.example.org/mail");
  }

  private static TableProfile run(String name, int day, Profiles profiles) {
    return WireProfiles.whole(profiles.withRun(name).withScannedAt(WireProfiles.day(day)));
  }
}
