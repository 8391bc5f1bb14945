package io.profilemesh.profiler.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.ProfileRecords;
import io.profilemesh.profiler.publish.RunEvents;
import io.profilemesh.profiler.work.RunScanner.Outcome;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunJudgeTest {

  private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://judge");
  private static final WorkerSettings SETTINGS =
      new WorkerSettings(
          1,
          1,
          Duration.ofMinutes(30),
          Duration.ofMinutes(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(15),
          Duration.ofSeconds(1));

  private final Topics topics = new Topics("test.");
  private final TestClock clock = new TestClock();
  private final SchemaRegistryClient registry = SchemaRegistryClient.of(REGISTRY);
  private final Run run = Runs.run(1, "orders");
  private double chance;
  private RunJudge judge;

  @BeforeEach
  void assemble() {
    SchemaRegistration.register(registry, topics.all());
    RunRecords records =
        new RunRecords(
            new MeshRecords(topics, "test", registry, REGISTRY),
            new RunEvents("test"),
            new ProfileRecords("test"),
            clock);
    judge = new RunJudge(records, SETTINGS, clock, () -> chance);
    run.begin(1, clock.instant(), clock.instant().plus(SETTINGS.maxRunTime()));
  }

  @Test
  void shouldDoubleThePauseWithEachFailureUpToTheLongest() {
    chance = 1;

    assertThat(pauses())
        .startsWith(500L, 1_000L, 2_000L, 4_000L, 8_000L, 15_000L, 15_000L)
        .allMatch(pause -> pause <= 15_000);
  }

  @Test
  void shouldSpreadPausesBetweenHalfAndAll() {
    chance = 0;
    assertThat(pauses()).startsWith(250L, 500L, 1_000L);
  }

  @Test
  void shouldGiveUpInTheEnd() {
    chance = 1;

    assertThat(pauses().stream().mapToLong(pause -> pause).sum())
        .isLessThanOrEqualTo(SETTINGS.retryFor().toMillis());
  }

  @ParameterizedTest
  @EnumSource(ReasonCode.class)
  void shouldTryAgainOnlyWhatTimeMayHeal(ReasonCode code) {
    RunConclusion conclusion = judge.conclude(run, new Outcome.Failed(code, "It failed."));

    assertThat(conclusion)
        .isInstanceOf(
            code.category() == ReasonCode.Category.TRANSIENT
                ? RunConclusion.Again.class
                : RunConclusion.Ended.class);
  }

  @Test
  void shouldNotTryAgainBeyondTheDeadline() {
    clock.advance(SETTINGS.maxRunTime().minusMillis(100));

    assertThat(judge.conclude(run, away())).isInstanceOf(RunConclusion.Ended.class);
  }

  @Test
  void shouldLetAnOrderToCancelOutweighAFailure() {
    run.cancelBy(new CancelOrder("ada", "Wrong table.", clock.instant()));

    RunConclusion conclusion = judge.conclude(run, away());

    assertThat(conclusion)
        .isInstanceOfSatisfying(
            RunConclusion.Ended.class,
            ended -> assertThat(ended.end().type()).isEqualTo(RunEventType.CANCELLED));
  }

  /** Milliseconds from each failure to the next try, until it is given up. */
  private List<Long> pauses() {
    List<Long> pauses = new ArrayList<>();
    while (judge.conclude(run, away()) instanceof RunConclusion.Again again) {
      Duration pause = Duration.between(clock.instant(), again.notBefore());
      pauses.add(pause.toMillis());
      run.waitUntil(again.notBefore());
      clock.advance(pause);
    }
    return pauses;
  }

  private static Outcome.Failed away() {
    return new Outcome.Failed(ReasonCode.SOURCE_UNREACHABLE, "The source is away.");
  }
}
