package io.profilemesh.profiler.work;

import io.profilemesh.profiler.publish.RunContext;
import io.profilemesh.profiler.scan.ScanCancellation;
import io.profilemesh.schema.RunWork;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * An accepted run that this worker holds. What changes belongs to the control thread, and to the
 * scan's thread while it is being scanned.
 */
final class Run {

  /** Where a run stands. */
  enum State {
    /** Waits for its turn. */
    WAITING,
    /** Is being scanned. */
    SCANNING,
    /** Has ended; its records wait to be published. */
    ENDED
  }

  private final TopicPartition partition;
  private final long offset;
  private final RunKey key;
  private final RunWork work;
  private final RunContext context;
  private final ScanCancellation cancellation = new ScanCancellation();
  private final StatementLog statements = new StatementLog();
  private State state = State.WAITING;
  private int attempt;
  private Instant notBefore = Instant.MIN;
  private @Nullable Instant startedAt;
  private @Nullable Instant failingSince;
  private @Nullable Instant deadline;
  private boolean limited;
  private int failures;
  private volatile boolean abandoned;
  private volatile @Nullable CancelOrder cancelOrder;
  private volatile CompletableFuture<Void> scanEnded = CompletableFuture.completedFuture(null);

  Run(TopicPartition partition, long offset, RunKey key, RunWork work, RunContext context) {
    this.partition = partition;
    this.offset = offset;
    this.key = key;
    this.work = work;
    this.context = context;
    this.deadline = work.getDeadline();
  }

  TopicPartition partition() {
    return partition;
  }

  long offset() {
    return offset;
  }

  RunKey key() {
    return key;
  }

  RunWork work() {
    return work;
  }

  RunContext context() {
    return context;
  }

  ScanCancellation cancellation() {
    return cancellation;
  }

  /** What this worker ran at the source for the run. */
  StatementLog statements() {
    return statements;
  }

  int priority() {
    return work.getOptions() == null ? 0 : work.getOptions().getPriority();
  }

  State state() {
    return state;
  }

  /** Attempt that is running or was the last; 0 before the first. */
  int attempt() {
    return attempt;
  }

  /** Failures in a row of the current attempt. */
  int failures() {
    return failures;
  }

  /** When the current attempt began; null before the first. */
  @Nullable Instant startedAt() {
    return startedAt;
  }

  /** Latest instant at which it may be running; null before it begins without one of its own. */
  @Nullable Instant deadline() {
    return deadline;
  }

  /** Whether its deadline is the service's limit, not one that the request set. */
  boolean isLimitedByService() {
    return limited;
  }

  /** Gives the run up: another owner begins it anew, and the outcome of its scan is dropped. */
  void abandon() {
    abandoned = true;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** Notes that the run is to end as cancelled, whatever comes of its scan. */
  void cancelBy(CancelOrder order) {
    cancelOrder = order;
  }

  /** By whom and why it is cancelled; null while it is not. */
  @Nullable CancelOrder cancelOrder() {
    return cancelOrder;
  }

  /** Completes when no scan of the run holds anything at the source any more. */
  CompletableFuture<Void> scanEnded() {
    return scanEnded;
  }

  boolean isDueAt(Instant now) {
    return state == State.WAITING && !now.isBefore(notBefore);
  }

  Instant notBefore() {
    return notBefore;
  }

  boolean hasExpiredAt(Instant now) {
    return deadline != null && now.isAfter(deadline);
  }

  /**
   * Begins the attempt, or goes on with it after a failure that time may have healed.
   *
   * @param limit latest end unless the request set an earlier one
   */
  void begin(int number, Instant now, Instant limit) {
    state = State.SCANNING;
    scanEnded = new CompletableFuture<>();
    if (startedAt == null) {
      attempt = number;
      startedAt = now;
      limited = deadline == null || limit.isBefore(deadline);
      deadline = limited ? limit : deadline;
    }
  }

  /** When the failures in a row began; now if this is the first. */
  Instant failingSince(Instant now) {
    if (failingSince == null) {
      failingSince = now;
    }
    return failingSince;
  }

  void waitUntil(Instant instant) {
    failures++;
    notBefore = instant;
    state = State.WAITING;
  }

  void end() {
    state = State.ENDED;
  }

  boolean isScanning() {
    return state == State.SCANNING;
  }
}
