package io.profilemesh.profiler.trigger;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.plan.TableStates;
import io.profilemesh.profiler.work.Ledger;
import io.profilemesh.profiler.work.Ledger.AnsweredRequest;
import io.profilemesh.profiler.work.RunKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ledger and the states of tables as a batch sees them: with what the batch itself has
 * answered, which counts for others only once its transaction is committed.
 */
final class BatchMemory {

  private final Ledger ledger;
  private final TableStates states;
  private final Map<String, AnsweredRequest> own = new HashMap<>();
  private final Set<DatasetId> gone = new HashSet<>();

  BatchMemory(Ledger ledger, TableStates states) {
    this.ledger = ledger;
    this.states = states;
  }

  /** Datasets of a source that were read and are not known to be gone. */
  List<DatasetId> datasets(String source) {
    return states.known(source).stream().filter(dataset -> !gone.contains(dataset)).toList();
  }

  void forget(DatasetId dataset) {
    gone.add(dataset);
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
    gone.forEach(states::forget);
  }
}
