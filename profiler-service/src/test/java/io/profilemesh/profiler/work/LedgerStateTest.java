package io.profilemesh.profiler.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.work.Ledger.AnsweredRequest;
import io.profilemesh.schema.LedgerEntry;
import io.profilemesh.schema.LedgerKind;
import io.profilemesh.schema.RunEventType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LedgerStateTest {

  private static final RunKey RUN =
      new RunKey(RunId.derivedFrom("r"), DatasetId.of("warehouse", "public", "orders"));

  private final TestClock clock = new TestClock();
  private final LedgerState state = new LedgerState(Duration.ofDays(7), clock);

  @Test
  void shouldKnowAnEndedRun() {
    state.apply(entry(RunEventType.FAILED, 1));

    assertThat(state.hasEnded(RUN)).isTrue();
  }

  @Test
  void shouldCountAttemptsAndNotTakeThemForAnEnd() {
    state.apply(entry(null, 1));
    state.apply(entry(null, 2));
    state.apply(entry(null, 1));

    assertThat(state.hasEnded(RUN)).isFalse();
    assertThat(state.attempts(RUN)).isEqualTo(2);
  }

  @Test
  void shouldKeepTheEndWhenALateNoteOfAnAttemptArrives() {
    state.apply(entry(RunEventType.COMPLETED, 2));
    state.apply(entry(null, 3));

    assertThat(state.hasEnded(RUN)).isTrue();
    assertThat(state.attempts(RUN)).isZero();
  }

  @Test
  void shouldKeepTheFirstAnswerToARequest() {
    AnsweredRequest first = new AnsweredRequest(RunId.derivedFrom("a"), "hash", clock.instant());
    AnsweredRequest second = new AnsweredRequest(RunId.derivedFrom("b"), "other", clock.instant());

    state.rememberRequest("id", first);
    state.rememberRequest("id", second);

    assertThat(state.request("id")).contains(first);
  }

  @Test
  void shouldForgetWhatIsOlderThanItRemembers() {
    // given
    Instant then = clock.instant();
    state.rememberRequest("id", new AnsweredRequest(RunId.derivedFrom("a"), "hash", then));
    state.apply(entry(RunEventType.COMPLETED, 1));

    // when
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    state.forgetOld();

    // then
    assertThat(state.request("id")).isEmpty();
    assertThat(state.hasEnded(RUN)).isFalse();
  }

  @Test
  void shouldLeaveOutWhatItCannotUnderstand() {
    LedgerEntry broken = entry(RunEventType.COMPLETED, 1);
    broken.setRunId("nonsense");

    state.apply(broken);

    assertThat(state.hasEnded(RUN)).isFalse();
  }

  @Test
  void shouldKnowWhoCancelledARunOfOneDataset() {
    state.apply(cancel(RUN.dataset().toString(), "ada"));

    assertThat(state.cancelOrder(RUN))
        .contains(new CancelOrder("ada", "Wrong table", clock.instant()));
    assertThat(
            state.cancelOrder(new RunKey(RUN.runId(), DatasetId.parse("warehouse/public/other"))))
        .isEmpty();
  }

  @Test
  void shouldCancelEveryDatasetOfARunWhenTheOrderNamesNone() {
    state.apply(cancel(null, "ada"));

    assertThat(state.cancelOrder(RUN)).isPresent();
    assertThat(state.cancelOrder(new RunKey(RunId.derivedFrom("another"), RUN.dataset())))
        .isEmpty();
  }

  @Test
  void shouldKeepTheFirstOrderAndForgetItInTheEnd() {
    state.apply(cancel(null, "ada"));
    state.apply(cancel(null, "bob"));

    assertThat(state.cancelOrder(RUN)).get().extracting(CancelOrder::actor).isEqualTo("ada");
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    state.forgetOld();
    assertThat(state.cancelOrder(RUN)).isEmpty();
  }

  private LedgerEntry cancel(String datasetId, String actor) {
    return LedgerEntry.newBuilder()
        .setKind(LedgerKind.CANCEL)
        .setRequestId("c")
        .setRunId(RUN.runId().toString())
        .setDatasetId(datasetId)
        .setActor(actor)
        .setReason("Wrong table")
        .setRecordedAt(clock.instant())
        .build();
  }

  private LedgerEntry entry(RunEventType outcome, int attempt) {
    return LedgerEntry.newBuilder()
        .setKind(LedgerKind.RUN)
        .setRequestId("r")
        .setRunId(RUN.runId().toString())
        .setDatasetId(RUN.dataset().toString())
        .setOutcome(outcome)
        .setAttempt(attempt)
        .setRecordedAt(clock.instant())
        .build();
  }
}
