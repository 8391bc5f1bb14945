package io.profilemesh.profiler.work;

import io.profilemesh.profiler.scan.RanStatement;
import io.profilemesh.profiler.work.RunScanner.Outcome;
import io.profilemesh.schema.ReasonCode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One scan of a run on a thread of the pool: tells of its start and progress, gives its outcome.
 */
final class RunExecution {

  private static final Logger LOG = Logger.getLogger(RunExecution.class);
  private static final long DELIVERY_SECONDS = 10;

  private final Run run;
  private final RunScanner scanner;
  private final RunRecords records;
  private final Announcements announcements;
  private final Duration progressInterval;

  RunExecution(
      Run run,
      RunScanner scanner,
      RunRecords records,
      Announcements announcements,
      Duration progressInterval) {
    this.run = run;
    this.scanner = scanner;
    this.records = records;
    this.announcements = announcements;
    this.progressInterval = progressInterval;
  }

  /** Scans and blocks. STARTED and PROGRESS have reached their topic when it returns. */
  Outcome execute(Instant deadline) {
    Progress progress = new Progress();
    if (run.failures() == 0) {
      announcements.send(records.attemptNote(run));
      progress.last = announcements.send(records.started(run));
    }
    Outcome outcome = scan(deadline, progress);
    awaitDelivery(progress.last);
    return outcome;
  }

  private Outcome scan(Instant deadline, Progress progress) {
    try {
      return scanner.scan(
          run.key(),
          run.work().getOptions(),
          run.work().getPlan(),
          deadline,
          progress,
          run.cancellation());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // The message may quote data: only the type and the place of the exception are logged.
      LOG.errorf(
          "the scan of run %s broke: %s at %s",
          run.key().runId(), e.getClass().getName(), place(e));
      return new Outcome.Failed(
          ReasonCode.INTERNAL_ERROR, "The scan broke; the profiler's log says where.");
    }
  }

  private static String place(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? "an unknown place" : trace[0].toString();
  }

  /** Keeps the order of a run's events: its end is published after what came before. */
  private void awaitDelivery(@Nullable Future<?> last) {
    if (last == null) {
      return;
    }
    try {
      last.get(DELIVERY_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("an event of run %s was not delivered", run.key().runId());
    }
  }

  private final class Progress implements RunScanner.Listener {
    private @Nullable Long estimatedRows;
    private @Nullable Future<?> last;
    private long nextAt = System.nanoTime() + progressInterval.toNanos();

    @Override
    public void found(@Nullable Long rows) {
      estimatedRows = rows;
    }

    @Override
    public void ran(RanStatement statement) {
      records.ran(run, statement);
    }

    @Override
    public void advanced(long rowsRead, long bytesRead) {
      long now = System.nanoTime();
      if (now - nextAt >= 0) {
        nextAt = now + progressInterval.toNanos();
        last = announcements.send(records.progress(run, rowsRead, estimatedRows, bytesRead));
      }
    }
  }
}
