package io.profilemesh.profiler.work;

import io.profilemesh.profiler.topic.PartitionEnds;
import io.profilemesh.profiler.topic.WholeTopic;
import io.profilemesh.schema.LedgerEntry;
import io.profilemesh.schema.serde.RecordDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/** The ledger as it stands in its topic. */
public final class LedgerView implements Ledger, AutoCloseable {

  private static final Duration SWEEP = Duration.ofMinutes(10);

  private final WholeTopic<LedgerEntry> topic;
  private final LedgerState state;
  private final Clock clock;
  private long nextSweep;

  /**
   * @param consumer read-committed and without a group; this view closes it
   * @param ends where the partitions end
   * @param memory how long entries count
   */
  public LedgerView(
      String topic,
      Consumer<byte[], byte[]> consumer,
      PartitionEnds ends,
      RecordDecoder<LedgerEntry> decoder,
      Duration memory,
      Clock clock) {
    this.state = new LedgerState(memory, clock);
    this.clock = clock;
    this.topic = new WholeTopic<>(topic, consumer, ends, decoder, this::take, this::sweep);
  }

  /** Begins to read. The topic exists. */
  public void start() {
    topic.start();
  }

  @Override
  public boolean hasEnded(RunKey run) {
    return state.hasEnded(run);
  }

  @Override
  public int attempts(RunKey run) {
    return state.attempts(run);
  }

  @Override
  public Optional<AnsweredRequest> request(String requestId) {
    return state.request(requestId);
  }

  @Override
  public boolean hasFailed(RunKey run) {
    return state.hasFailed(run);
  }

  @Override
  public boolean isRefused(String requestId) {
    return state.isRefused(requestId);
  }

  @Override
  public boolean isDeclined(String requestId) {
    return state.isDeclined(requestId);
  }

  @Override
  public Optional<CancelOrder> cancelOrder(RunKey run) {
    return state.cancelOrder(run);
  }

  @Override
  public void rememberEnd(RunKey run) {
    state.rememberEnd(run, clock.instant());
  }

  @Override
  public void rememberAttempt(RunKey run, int attempt) {
    state.rememberAttempt(run, attempt, clock.instant());
  }

  @Override
  public void rememberRequest(String requestId, AnsweredRequest answer) {
    state.rememberRequest(requestId, answer);
  }

  @Override
  public CompletableFuture<Void> caughtUp() {
    return topic.caughtUp();
  }

  @Override
  public void close() {
    topic.close();
  }

  private void take(String key, @Nullable LedgerEntry entry) {
    if (entry != null) {
      state.apply(entry);
    }
  }

  private void sweep() {
    long now = clock.millis();
    if (now >= nextSweep) {
      state.forgetOld();
      nextSweep = now + SWEEP.toMillis();
    }
  }
}
