package io.profilemesh.profiler.trigger;

import io.profilemesh.profiler.work.CancelOrder;
import io.profilemesh.profiler.work.Ledger;
import io.profilemesh.profiler.work.RunKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A ledger that knows what it was told. */
final class FakeLedger implements Ledger {

  private final Set<RunKey> ended = new HashSet<>();
  private final Map<String, AnsweredRequest> requests = new HashMap<>();

  @Override
  public boolean hasEnded(RunKey run) {
    return ended.contains(run);
  }

  @Override
  public int attempts(RunKey run) {
    return 0;
  }

  @Override
  public Optional<AnsweredRequest> request(String requestId) {
    return Optional.ofNullable(requests.get(requestId));
  }

  @Override
  public Optional<CancelOrder> cancelOrder(RunKey run) {
    return Optional.empty();
  }

  @Override
  public CompletableFuture<Void> caughtUp() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void rememberEnd(RunKey run) {
    ended.add(run);
  }

  @Override
  public void rememberAttempt(RunKey run, int attempt) {}

  @Override
  public void rememberRequest(String requestId, AnsweredRequest answer) {
    requests.putIfAbsent(requestId, answer);
  }
}
