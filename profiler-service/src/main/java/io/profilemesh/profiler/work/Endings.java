package io.profilemesh.profiler.work;

import io.profilemesh.profiler.publish.ProfilerMetrics;
import io.profilemesh.profiler.publish.TransactionalWriter.Outcome;
import io.profilemesh.profiler.work.EndPublisher.Plan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ended runs on their way into the log: collects them, publishes them together, and after a
 * transaction of unknown outcome finds out whether it is there before it tries again. Confined to
 * the control thread.
 */
final class Endings {

  private static final Logger LOG = Logger.getLogger(Endings.class);
  private static final int MAX_ENDS = 100;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration IDLE_COMMIT = Duration.ofSeconds(5);

  private final EndPublisher publisher;
  private final Ledger ledger;
  private final Consumer<byte[], byte[]> consumer;
  private final ProfilerMetrics metrics;
  private final Clock clock;
  private final List<RunEnd> ends = new ArrayList<>();
  private Duration pause = Duration.ZERO;
  private Instant notBefore = Instant.MIN;
  private Instant lastCommit = Instant.MIN;
  private @Nullable Plan unsettled;
  private @Nullable CompletableFuture<Void> ledgerKnown;

  Endings(
      EndPublisher publisher,
      Ledger ledger,
      Consumer<byte[], byte[]> consumer,
      ProfilerMetrics metrics,
      Clock clock) {
    this.publisher = publisher;
    this.ledger = ledger;
    this.consumer = consumer;
    this.metrics = metrics;
    this.clock = clock;
  }

  void add(RunEnd end) {
    end.run().end();
    ends.add(end);
  }

  /** Forgets the ended runs of a partition that is no longer ours. */
  void drop(PartitionRuns lost) {
    ends.removeIf(end -> end.run().partition().equals(lost.partition()));
  }

  /** When the next try is due after a failure; empty when nothing waits for time to pass. */
  Optional<Instant> nextTry(Instant now) {
    return notBefore.isAfter(now) ? Optional.of(notBefore) : Optional.empty();
  }

  /** Lets some time pass before the next try, more each time. */
  void backOff() {
    Duration longer = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    notBefore = clock.instant().plus(pause);
  }

  /** Publishes what has ended, if anything has and the time has come. */
  void publish(Collection<PartitionRuns> partitions) {
    if (clock.instant().isBefore(notBefore) || !isSettled()) {
      return;
    }
    while (true) {
      Plan plan =
          Plan.of(List.copyOf(ends.subList(0, Math.min(MAX_ENDS, ends.size()))), partitions);
      if (!isWorthIt(plan) || !publish(plan)) {
        return;
      }
    }
  }

  private boolean isWorthIt(Plan plan) {
    return plan.hasRecords()
        || (!plan.isEmpty() && clock.instant().isAfter(lastCommit.plus(IDLE_COMMIT)));
  }

  private boolean publish(Plan plan) {
    Outcome outcome = publisher.publish(plan, consumer.groupMetadata());
    switch (outcome) {
      case COMMITTED -> settle(plan);
      case ABORTED, NOT_A_MEMBER -> backOff();
      case UNKNOWN -> {
        unsettled = plan;
        ledgerKnown = null;
        backOff();
      }
    }
    return outcome == Outcome.COMMITTED;
  }

  private void settle(Plan plan) {
    plan.settle();
    for (RunEnd end : plan.ends()) {
      ledger.rememberEnd(end.run().key());
      metrics.runEnded(end.type(), end.code());
    }
    plan.marks()
        .values()
        .forEach(
            mark ->
                mark.dead()
                    .forEach(work -> metrics.deadLetter(work.record().topic(), work.code())));
    ends.removeAll(plan.ends());
    pause = Duration.ZERO;
    lastCommit = clock.instant();
  }

  /** Whether nothing is in doubt; goes on finding out if something is. */
  private boolean isSettled() {
    Plan plan = unsettled;
    if (plan == null) {
      return true;
    }
    try {
      CompletableFuture<Void> known = ledgerKnown;
      if (known == null) {
        publisher.resolve();
        known = ledger.caughtUp();
        known.whenComplete((done, failure) -> consumer.wakeup());
        ledgerKnown = known;
      }
      if (!known.isDone()) {
        return false;
      }
      if (isInLog(plan)) {
        settle(plan);
      }
      unsettled = null;
      return true;
    } catch (KafkaException e) {
      LOG.warnf("whether a transaction took place is not known yet: %s", e.getMessage());
      backOff();
      return false;
    }
  }

  private boolean isInLog(Plan plan) {
    if (!plan.ends().isEmpty()) {
      return ledger.hasEnded(plan.ends().get(0).run().key());
    }
    Map<TopicPartition, Long> marks =
        plan.marks().entrySet().stream()
            .collect(
                Collectors.toMap(
                    mark -> mark.getKey().partition(), mark -> mark.getValue().offset()));
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(marks.keySet());
    return marks.entrySet().stream()
        .allMatch(
            mark -> {
              OffsetAndMetadata offset = committed.get(mark.getKey());
              return offset != null && offset.offset() >= mark.getValue();
            });
  }
}
