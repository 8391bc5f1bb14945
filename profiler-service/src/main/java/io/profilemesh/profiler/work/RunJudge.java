package io.profilemesh.profiler.work;

import io.profilemesh.profiler.work.RunScanner.Outcome;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEventType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/** Decides what follows from an outcome: an end, another try, or nothing. */
final class RunJudge {

  private static final int MAX_DOUBLINGS = 20;

  private final RunRecords records;
  private final WorkerSettings settings;
  private final Clock clock;
  private final DoubleSupplier chance;

  /**
   * @param chance numbers from 0 to 1 that spread retries
   */
  RunJudge(RunRecords records, WorkerSettings settings, Clock clock, DoubleSupplier chance) {
    this.records = records;
    this.settings = settings;
    this.clock = clock;
    this.chance = chance;
  }

  RunConclusion conclude(Run run, Outcome outcome) {
    if (run.isAbandoned()) {
      return new RunConclusion.Abandoned(run);
    }
    CancelOrder order = run.cancelOrder();
    if (order != null) {
      return new RunConclusion.Ended(cancelled(run, order));
    }
    if (outcome instanceof Outcome.Profiled profiled) {
      return new RunConclusion.Ended(records.completed(run, profiled));
    }
    if (outcome instanceof Outcome.Cancelled cancelled) {
      return new RunConclusion.Ended(cancelled(run, cancelled.code()));
    }
    return failed(run, (Outcome.Failed) outcome);
  }

  /** The end of a run that somebody wants cancelled. */
  RunEnd cancelled(Run run, CancelOrder order) {
    return records.ended(
        run, RunEventType.CANCELLED, ReasonCode.CANCELLED, order.sentence(run.attempt() > 0));
  }

  /** The end of a run whose deadline passed. */
  RunEnd expired(Run run) {
    if (run.isLimitedByService()) {
      return records.ended(
          run,
          RunEventType.FAILED,
          ReasonCode.RUN_TIME_EXCEEDED,
          "The run took longer than the profiler allows (profilemesh.worker.max-run-time: "
              + settings.maxRunTime().toSeconds()
              + " s).");
    }
    return records.ended(
        run,
        RunEventType.FAILED,
        ReasonCode.DEADLINE_EXPIRED,
        run.attempt() == 0
            ? "The deadline passed before the scan could begin."
            : "The scan was ended at its deadline.");
  }

  private RunEnd cancelled(Run run, ReasonCode code) {
    return code == ReasonCode.DEADLINE_EXPIRED
        ? expired(run)
        : records.ended(run, RunEventType.CANCELLED, code, "The run was cancelled.");
  }

  private RunConclusion failed(Run run, Outcome.Failed failed) {
    Instant now = clock.instant();
    Instant next = now.plus(pause(run.failures()));
    Instant giveUp = run.failingSince(now).plus(settings.retryFor());
    Instant deadline = run.deadline();
    boolean inTime = next.isBefore(giveUp) && (deadline == null || next.isBefore(deadline));
    return failed.isTransient() && inTime
        ? new RunConclusion.Again(run, next)
        : new RunConclusion.Ended(
            records.ended(run, RunEventType.FAILED, failed.code(), failed.message()));
  }

  /** Doubles with each failure, and takes between half and all of it by chance. */
  private Duration pause(int failures) {
    long longest = settings.maxRetryPause().toMillis();
    long doubled = settings.retryPause().toMillis() << Math.min(failures, MAX_DOUBLINGS);
    long pause = Math.min(longest, Math.max(1, doubled));
    return Duration.ofMillis(pause / 2 + (long) (chance.getAsDouble() * pause / 2));
  }
}
