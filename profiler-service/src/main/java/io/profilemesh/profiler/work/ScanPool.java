package io.profilemesh.profiler.work;

import io.profilemesh.profiler.publish.ProfilerMetrics;
import io.profilemesh.profiler.work.RunScanner.Outcome;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Scans on threads of its own, so many at once and so many of one source. Begun and drained by the
 * control thread only.
 */
final class ScanPool {

  private static final Logger LOG = Logger.getLogger(ScanPool.class);

  private final ExecutorService threads;
  private final ExecutorService cancellers;
  private final int concurrency;
  private final ToIntFunction<String> scansOfSource;
  private final RunScanner scanner;
  private final RunRecords records;
  private final Announcements announcements;
  private final RunJudge judge;
  private final ProfilerMetrics metrics;
  private final Duration progressInterval;
  private final Runnable onConclusion;
  private final Queue<RunConclusion> conclusions = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> running = new HashMap<>();
  private int total;

  /**
   * @param scansOfSource most scans of a source at once, by its name
   * @param onConclusion called from a thread of the pool when a conclusion can be taken
   */
  ScanPool(
      WorkerSettings settings,
      ToIntFunction<String> scansOfSource,
      RunScanner scanner,
      RunRecords records,
      Announcements announcements,
      RunJudge judge,
      ProfilerMetrics metrics,
      Runnable onConclusion) {
    this.threads = Executors.newFixedThreadPool(settings.concurrency(), daemons("scan-"));
    // To cancel is to connect to the source, which may take as long as it likes.
    this.cancellers = Executors.newCachedThreadPool(daemons("scan-cancel-"));
    this.concurrency = settings.concurrency();
    this.scansOfSource = scansOfSource;
    this.scanner = scanner;
    this.records = records;
    this.announcements = announcements;
    this.judge = judge;
    this.metrics = metrics;
    this.progressInterval = settings.progressInterval();
    this.onConclusion = onConclusion;
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  boolean isFull() {
    return total >= concurrency;
  }

  int scanning() {
    return total;
  }

  boolean hasRoomFor(Run run) {
    String source = run.key().dataset().source();
    return !isFull() && running.getOrDefault(source, 0) < scansOfSource.applyAsInt(source);
  }

  /** Begins the scan of a run, whose attempt has begun. */
  void begin(Run run, Instant deadline) {
    running.merge(run.key().dataset().source(), 1, Integer::sum);
    total++;
    threads.execute(() -> scan(run, deadline));
  }

  /** Asks a scan to end; returns at once. */
  void cancel(Run run, ReasonCode code) {
    cancellers.execute(() -> run.cancellation().cancel(code));
  }

  /**
   * Gives runs up whose partition is somebody else's: cancels their scans, and waits until they
   * have let go of their sources, so that the next owner's scan does not run beside them.
   *
   * @param patience longest wait; a source that does not answer ends the statement by its timeout
   */
  void abandon(Collection<Run> runs, Duration patience) {
    runs.forEach(Run::abandon);
    List<Run> scanning = runs.stream().filter(Run::isScanning).toList();
    scanning.forEach(run -> cancel(run, ReasonCode.CANCELLED));
    try {
      CompletableFuture.allOf(
              scanning.stream().map(Run::scanEnded).toArray(CompletableFuture<?>[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("a scan that was cancelled still holds its source");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next conclusion, or null. */
  @Nullable RunConclusion poll() {
    RunConclusion conclusion = conclusions.poll();
    if (conclusion != null) {
      running.merge(conclusion.run().key().dataset().source(), -1, Integer::sum);
      total--;
    }
    return conclusion;
  }

  /** Ends the threads; waits for scans that were cancelled. */
  void close(Duration patience) {
    threads.shutdown();
    cancellers.shutdown();
    try {
      if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void scan(Run run, Instant deadline) {
    RunExecution execution =
        new RunExecution(run, scanner, records, announcements, progressInterval);
    RunConclusion conclusion;
    try {
      Outcome outcome = execution.execute(deadline);
      if (outcome instanceof Outcome.Profiled profiled) {
        metrics.scanned(profiled.facts());
      }
      conclusion = judge.conclude(run, outcome);
    } catch (RuntimeException e) {
      LOG.errorf(
          "the end of run %s could not be written: %s", run.key().runId(), e.getClass().getName());
      conclusion =
          new RunConclusion.Ended(
              records.ended(
                  run,
                  RunEventType.FAILED,
                  ReasonCode.INTERNAL_ERROR,
                  "The profile could not be written; the profiler's log says why."));
    }
    run.scanEnded().complete(null);
    conclusions.add(conclusion);
    onConclusion.run();
  }
}
