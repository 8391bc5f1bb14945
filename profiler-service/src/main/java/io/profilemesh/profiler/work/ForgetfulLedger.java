package io.profilemesh.profiler.work;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Seeded fault: a ledger that recognises no repeat, for proving that a harness sees duplicates. */
public final class ForgetfulLedger implements Ledger {

  private final Ledger ledger;

  public ForgetfulLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean hasEnded(RunKey run) {
    return false;
  }

  @Override
  public int attempts(RunKey run) {
    return ledger.attempts(run);
  }

  @Override
  public Optional<AnsweredRequest> request(String requestId) {
    return Optional.empty();
  }

  @Override
  public Optional<CancelOrder> cancelOrder(RunKey run) {
    return ledger.cancelOrder(run);
  }

  @Override
  public CompletableFuture<Void> caughtUp() {
    return ledger.caughtUp();
  }

  @Override
  public void rememberEnd(RunKey run) {}

  @Override
  public void rememberAttempt(RunKey run, int attempt) {
    ledger.rememberAttempt(run, attempt);
  }

  @Override
  public void rememberRequest(String requestId, AnsweredRequest answer) {}
}
