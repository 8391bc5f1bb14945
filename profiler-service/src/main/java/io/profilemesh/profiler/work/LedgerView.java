package io.profilemesh.profiler.work;

import io.profilemesh.schema.LedgerEntry;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads the whole ledger, committed records only, and keeps up with it on a thread of its own.
 *
 * <p>{@link #caughtUp} compares the reader's position with the ends of the partitions, uncommitted
 * records included: the position passes an open transaction only when that has ended, so nothing a
 * former owner committed is missed.
 */
public final class LedgerView implements Ledger, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LedgerView.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration SWEEP = Duration.ofMinutes(10);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final PartitionEnds ends;
  private final RecordDecoder<LedgerEntry> decoder;
  private final LedgerState state;
  private final Clock clock;
  private final Queue<CompletableFuture<Void>> requests = new ConcurrentLinkedQueue<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final Thread thread;
  private List<TopicPartition> partitions = List.of();
  private long nextSweep;
  private volatile boolean stopping;

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
    this.topic = topic;
    this.consumer = consumer;
    this.ends = ends;
    this.decoder = decoder;
    this.state = new LedgerState(memory, clock);
    this.clock = clock;
    this.thread = new Thread(this::run, "run-ledger");
    thread.setDaemon(true);
  }

  /** Begins to read. The topic exists. */
  public void start() {
    thread.start();
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
    CompletableFuture<Void> future = new CompletableFuture<>();
    requests.add(future);
    consumer.wakeup();
    return future;
  }

  @Override
  public void close() {
    stopping = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopping) {
        step();
      }
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private void step() {
    try {
      if (partitions.isEmpty()) {
        assign();
      }
      setTargets();
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        apply(record);
      }
      answer();
      sweep();
    } catch (WakeupException e) {
      // Somebody asks to be told, or it is time to stop: the loop looks.
    } catch (InterruptException e) {
      stopping = true;
    } catch (KafkaException e) {
      LOG.warnf("the ledger cannot be read now, trying again: %s", e.getMessage());
      pause();
    }
  }

  private void assign() {
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  private void apply(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    while (!stopping) {
      try {
        if (decoder.decode(record.value()) instanceof Decoded.Value<LedgerEntry> value) {
          state.apply(value.record());
        }
        return;
      } catch (RuntimeException e) {
        LOG.warnf("the ledger waits for the schema registry: %s", e.getMessage());
        pause();
      }
    }
  }

  private void setTargets() {
    CompletableFuture<Void> request = requests.poll();
    if (request == null) {
      return;
    }
    List<CompletableFuture<Void>> together = new ArrayList<>(List.of(request));
    for (request = requests.poll(); request != null; request = requests.poll()) {
      together.add(request);
    }
    try {
      waiting.add(new Waiting(together, ends.of(partitions)));
      answer();
    } catch (KafkaException e) {
      requests.addAll(together);
      throw e;
    }
  }

  private void answer() {
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      if (isReached(next.ends())) {
        all.remove();
        next.futures().forEach(future -> future.complete(null));
      }
    }
  }

  private boolean isReached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void sweep() {
    long now = clock.millis();
    if (now >= nextSweep) {
      state.forgetOld();
      nextSweep = now + SWEEP.toMillis();
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  private record Waiting(List<CompletableFuture<Void>> futures, Map<TopicPartition, Long> ends) {}
}
