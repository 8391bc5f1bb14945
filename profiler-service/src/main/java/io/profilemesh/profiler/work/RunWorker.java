package io.profilemesh.profiler.work;

import io.profilemesh.profiler.publish.ProfilerMetrics;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.serde.RegistryUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Takes accepted runs from the work topic, has them scanned, and publishes their ends.
 *
 * <p>One control thread owns the consumer, the transactional producer and all bookkeeping; scans
 * run on the pool and wake it. It polls at least twice a second however long scans take, so the
 * group never takes it for dead.
 */
public final class RunWorker implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(RunWorker.class);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final WorkReader reader;
  private final Ledger ledger;
  private final EndPublisher publisher;
  private final WorkerSettings settings;
  private final ProfilerMetrics metrics;
  private final Clock clock;
  private final java.util.function.Consumer<String> onFatal;
  private final RunJudge judge;
  private final ScanPool pool;
  private final Endings endings;
  private final Map<TopicPartition, PartitionRuns> partitions = new HashMap<>();
  private final Thread thread;
  private Instant registryRetry = Instant.MIN;
  private volatile boolean stopping;
  private volatile boolean assigned;

  /**
   * @param consumer cooperative, read-committed, without auto commit; this worker closes it
   * @param scansOfSource most scans of a source at once, by its name
   * @param onFatal told one sentence when the worker cannot go on
   */
  public RunWorker(
      String topic,
      Consumer<byte[], byte[]> consumer,
      WorkReader reader,
      Ledger ledger,
      RunScanner scanner,
      ToIntFunction<String> scansOfSource,
      RunRecords records,
      Announcements announcements,
      EndPublisher publisher,
      WorkerSettings settings,
      ProfilerMetrics metrics,
      Clock clock,
      java.util.function.Consumer<String> onFatal) {
    this.topic = topic;
    this.consumer = consumer;
    this.reader = reader;
    this.ledger = ledger;
    this.publisher = publisher;
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
    this.onFatal = onFatal;
    this.judge =
        new RunJudge(records, settings, clock, () -> ThreadLocalRandom.current().nextDouble());
    this.pool =
        new ScanPool(
            settings,
            scansOfSource,
            scanner,
            records,
            announcements,
            judge,
            metrics,
            consumer::wakeup);
    this.endings = new Endings(publisher, ledger, consumer, metrics, clock);
    this.thread = new Thread(this::run, "run-worker");
  }

  /** Begins to work. The topics exist. */
  public void start() {
    thread.start();
  }

  /** Whether it has been given its place in the group since it started. */
  public boolean isAssigned() {
    return assigned;
  }

  /**
   * Cancels the scans, leaves the group and ends; what was not finished is done by the next owner.
   */
  @Override
  public void close() {
    stopping = true;
    consumer.wakeup();
    try {
      thread.join(STOP_PATIENCE.multipliedBy(3).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      prepare();
      subscribe();
      while (!stopping) {
        step();
      }
    } catch (FencedInstanceIdException e) {
      fail("Another process works under the same profilemesh.instance-id: give each its own.");
    } catch (RuntimeException e) {
      LOG.error("the worker stopped on a defect", e);
      fail("The worker stopped on a defect; the log says where.");
    } finally {
      leave();
    }
  }

  /** Opens the producer ahead of the first run; if the cluster is away, the first run does it. */
  private void prepare() {
    try {
      publisher.resolve();
    } catch (KafkaException e) {
      LOG.warnf("transactions cannot be made yet: %s", e.getMessage());
    }
  }

  void subscribe() {
    consumer.subscribe(List.of(topic), new Ownership());
  }

  /** One turn of the control thread. */
  void step() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout())) {
        PartitionRuns runs = partitions.get(new TopicPartition(record.topic(), record.partition()));
        if (runs != null) {
          runs.receive(record);
        }
      }
      for (PartitionRuns runs : partitions.values()) {
        position(runs.partition()).ifPresent(runs::readUpTo);
      }
    } catch (WakeupException e) {
      // A scan has ended, the ledger has been read, or it is time to stop: the turn goes on.
    } catch (FencedInstanceIdException e) {
      throw e;
    } catch (InterruptException e) {
      stopping = true;
    } catch (KafkaException e) {
      LOG.warnf("the work topic cannot be read now: %s", e.getMessage());
      endings.backOff();
    }
    takeConclusions();
    readWork();
    heedCancels();
    endings.publish(partitions.values());
    dispatch();
    regulate();
  }

  /** Where the consumer stands; empty while it does not know yet. */
  private OptionalLong position(TopicPartition partition) {
    try {
      return OptionalLong.of(consumer.position(partition, Duration.ZERO));
    } catch (TimeoutException e) {
      return OptionalLong.empty();
    }
  }

  private Duration timeout() {
    Instant now = clock.instant();
    Instant next = endings.nextTry(now).orElse(now.plus(TICK));
    for (PartitionRuns runs : partitions.values()) {
      for (Run run : runs.open()) {
        if (run.state() == Run.State.WAITING && run.notBefore().isAfter(now)) {
          next = run.notBefore().isBefore(next) ? run.notBefore() : next;
        }
      }
    }
    Duration until = Duration.between(now, next);
    return until.isNegative() ? Duration.ZERO : until.compareTo(TICK) > 0 ? TICK : until;
  }

  private void takeConclusions() {
    for (RunConclusion next = pool.poll(); next != null; next = pool.poll()) {
      Run run = next.run();
      PartitionRuns runs = partitions.get(run.partition());
      if (run.isAbandoned() || runs == null || !runs.holds(run)) {
        continue;
      }
      if (next instanceof RunConclusion.Ended ended) {
        endings.add(ended.end());
      } else if (next instanceof RunConclusion.Again again) {
        run.waitUntil(again.notBefore());
      }
    }
  }

  private void readWork() {
    if (clock.instant().isBefore(registryRetry)) {
      return;
    }
    try {
      for (PartitionRuns runs : partitions.values()) {
        while (runs.isReady() && !runs.unread().isEmpty()) {
          take(runs, runs.unread().getFirst());
          runs.unread().removeFirst();
        }
      }
    } catch (RegistryUnavailableException e) {
      LOG.warnf("accepted runs wait for the schema registry: %s", e.getMessage());
      registryRetry = clock.instant().plus(TICK);
    }
  }

  private void take(PartitionRuns runs, ConsumerRecord<byte[], byte[]> record) {
    WorkReader.Read read = reader.read(record);
    if (read instanceof WorkReader.Read.Bad bad) {
      runs.add(bad.work());
    } else if (read instanceof WorkReader.Read.Accepted accepted
        && !ledger.hasEnded(accepted.run().key())) {
      runs.add(accepted.run());
    }
  }

  /** Ends runs that somebody wants cancelled; a scan is interrupted and ends its run itself. */
  private void heedCancels() {
    for (PartitionRuns runs : partitions.values()) {
      for (Run run : runs.open()) {
        Optional<CancelOrder> order =
            run.state() == Run.State.ENDED ? Optional.empty() : ledger.cancelOrder(run.key());
        if (order.isPresent()) {
          cancel(run, order.get());
        }
      }
    }
  }

  private void cancel(Run run, CancelOrder order) {
    if (run.state() == Run.State.WAITING) {
      endings.add(judge.cancelled(run, order));
    } else if (run.cancelOrder() == null) {
      run.cancelBy(order);
      pool.cancel(run, ReasonCode.CANCELLED);
    }
  }

  private void dispatch() {
    Instant now = clock.instant();
    List<Run> due = new ArrayList<>();
    for (PartitionRuns runs : partitions.values()) {
      for (Run run : runs.firstOfEachDataset()) {
        if (!run.isDueAt(now)) {
          continue;
        }
        if (ledger.hasEnded(run.key())) {
          runs.forget(run);
        } else if (run.hasExpiredAt(now)) {
          endings.add(judge.expired(run));
        } else {
          due.add(run);
        }
      }
    }
    due.sort(
        Comparator.comparingInt(Run::priority)
            .reversed()
            .thenComparing(run -> run.work().getAcceptedAt()));
    for (Run run : due) {
      if (pool.hasRoomFor(run)) {
        begin(run, now);
      }
    }
  }

  private void begin(Run run, Instant now) {
    int attempt = ledger.attempts(run.key()) + 1;
    run.begin(attempt, now, now.plus(settings.maxRunTime()));
    ledger.rememberAttempt(run.key(), run.attempt());
    Instant deadline = run.deadline();
    pool.begin(run, deadline == null ? now.plus(settings.maxRunTime()) : deadline);
  }

  /** Enforces deadlines, pauses partitions that hold enough, and tells how things stand. */
  private void regulate() {
    Instant now = clock.instant();
    Instant oldest = now;
    int waiting = 0;
    for (PartitionRuns runs : partitions.values()) {
      for (Run run : runs.open()) {
        if (run.isScanning() && run.hasExpiredAt(now)) {
          pool.cancel(run, ReasonCode.DEADLINE_EXPIRED);
        } else if (run.state() == Run.State.WAITING) {
          waiting++;
          Instant accepted = run.work().getAcceptedAt();
          oldest = accepted.isBefore(oldest) ? accepted : oldest;
        }
      }
      pauseOrResume(runs);
    }
    metrics.queue(waiting, pool.scanning(), Duration.between(oldest, now));
  }

  private void pauseOrResume(PartitionRuns runs) {
    boolean paused = consumer.paused().contains(runs.partition());
    if (!paused && runs.held() >= settings.maxHeldPerPartition()) {
      consumer.pause(List.of(runs.partition()));
    } else if (paused && runs.held() <= settings.maxHeldPerPartition() / 2) {
      consumer.resume(List.of(runs.partition()));
    }
  }

  private void leave() {
    pool.abandon(open(partitions.values()), STOP_PATIENCE);
    partitions.clear();
    pool.close(STOP_PATIENCE);
    try {
      consumer.close(
          CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
              .withTimeout(STOP_PATIENCE));
    } catch (KafkaException e) {
      LOG.debugf("the group was left without a word: %s", e.getMessage());
    }
    publisher.close();
  }

  private static List<Run> open(Collection<PartitionRuns> partitions) {
    return partitions.stream().flatMap(runs -> runs.open().stream()).toList();
  }

  private void fail(String sentence) {
    if (!stopping) {
      stopping = true;
      onFatal.accept(sentence);
    }
  }

  /** Follows the group's decisions about who owns what. Called inside polls. */
  private final class Ownership implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
      assigned = true;
      for (TopicPartition partition : added) {
        CompletableFuture<Void> known = ledger.caughtUp();
        partitions.put(partition, new PartitionRuns(partition, known));
        known.whenComplete((done, failure) -> consumer.wakeup());
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> removed) {
      List<PartitionRuns> gone =
          removed.stream().map(partitions::remove).filter(Objects::nonNull).toList();
      gone.forEach(endings::drop);
      pool.abandon(open(gone), STOP_PATIENCE);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      onPartitionsRevoked(lost);
    }
  }
}
