package io.profilemesh.profiler.work;

import io.profilemesh.core.profile.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is known of answered requests and ended runs. Safe for use by many threads. */
public interface Ledger {

  /** Whether the run has ended, in any way. */
  boolean hasEnded(RunKey run);

  /** Whether the run has ended and failed; a moment later than {@link #hasEnded}. */
  default boolean hasFailed(RunKey run) {
    return false;
  }

  /** Attempts begun so far; 0 when none is known. */
  int attempts(RunKey run);

  /** The answer to an earlier request of that id, while it is remembered. */
  Optional<AnsweredRequest> request(String requestId);

  /** The order to cancel the run, or all of its run id, while it is remembered. */
  Optional<CancelOrder> cancelOrder(RunKey run);

  /**
   * Whether that request was answered and nothing of it accepted, so that no run of it will end.
   */
  default boolean isDeclined(String requestId) {
    return false;
  }

  /**
   * Whether that request was declined because it could not be met, not because there was no need.
   */
  default boolean isRefused(String requestId) {
    return false;
  }

  /**
   * Completes when everything is known that was in the ledger at the time of the call, open
   * transactions included; fails never, but may take as long as the cluster is away.
   */
  CompletableFuture<Void> caughtUp();

  /** Tells of an end that this process has just committed, ahead of reading it back. */
  void rememberEnd(RunKey run);

  /** Tells of an attempt that this process has just begun. */
  void rememberAttempt(RunKey run, int attempt);

  /** Tells of an answer that this process has just committed. */
  void rememberRequest(String requestId, AnsweredRequest answer);

  /**
   * An answered request.
   *
   * @param runId run it led to
   * @param contentHash hash of its content
   */
  record AnsweredRequest(RunId runId, String contentHash, Instant at) {}
}
