package io.profilemesh.profiler.trigger;

import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.work.Ledger;
import io.profilemesh.profiler.work.Ledger.AnsweredRequest;
import io.profilemesh.profiler.work.RunKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ledger as a batch sees it: with the answers the batch itself has given, which count for
 * others only once its transaction is committed.
 */
final class BatchMemory {

  private final Ledger ledger;
  private final Map<String, AnsweredRequest> own = new HashMap<>();

  BatchMemory(Ledger ledger) {
    this.ledger = ledger;
  }

  Optional<AnsweredRequest> request(String requestId) {
    AnsweredRequest answer = own.get(requestId);
    return answer == null ? ledger.request(requestId) : Optional.of(answer);
  }

  boolean hasEnded(RunKey run) {
    return ledger.hasEnded(run);
  }

  void remember(String requestId, RunId runId, String contentHash, Instant at) {
    own.put(requestId, new AnsweredRequest(runId, contentHash, at));
  }

  /** The batch is committed: its answers count for all. */
  void commit() {
    own.forEach(ledger::rememberRequest);
  }
}
