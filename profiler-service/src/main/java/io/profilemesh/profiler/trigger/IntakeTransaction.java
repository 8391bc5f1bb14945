package io.profilemesh.profiler.trigger;

import io.profilemesh.profiler.plan.TableStates;
import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.ProfilerMetrics;
import io.profilemesh.profiler.publish.TransactionalWriter;
import io.profilemesh.profiler.publish.TransactionalWriter.Outcome;
import io.profilemesh.profiler.trigger.Answer.DatasetOutcome;
import io.profilemesh.profiler.work.Ledger;
import io.profilemesh.schema.DeadLetters;
import io.profilemesh.schema.RecordCoordinates;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers batches of requests: each with one transaction that holds the answers and the offsets. A
 * dependency that is away is waited for, for ever; nothing is answered twice and nothing is lost.
 * Confined to one thread, apart from {@link #stop}.
 */
public final class IntakeTransaction {

  private static final Logger LOG = Logger.getLogger(IntakeTransaction.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final RequestReader reader;
  private final RequestPlanner planner;
  private final RequestAnswers answers;
  private final Ledger ledger;
  private final TableStates states;
  private final IntakeMembership membership;
  private final TransactionalWriter writer;
  private final CommittedOffsets committed;
  private final MeshRecords mesh;
  private final ProfilerMetrics metrics;
  private final String environment;
  private int knownGeneration = Integer.MIN_VALUE;
  private Duration pause = FIRST_PAUSE;
  private volatile boolean stopping;

  IntakeTransaction(
      RequestReader reader,
      RequestPlanner planner,
      RequestAnswers answers,
      Ledger ledger,
      TableStates states,
      IntakeMembership membership,
      TransactionalWriter writer,
      CommittedOffsets committed,
      MeshRecords mesh,
      ProfilerMetrics metrics,
      String environment) {
    this.reader = reader;
    this.planner = planner;
    this.answers = answers;
    this.ledger = ledger;
    this.states = states;
    this.membership = membership;
    this.writer = writer;
    this.committed = committed;
    this.mesh = mesh;
    this.metrics = metrics;
    this.environment = environment;
  }

  /** Ends waiting; a batch in hand is dropped and belongs to the partitions' next owner. */
  void stop() {
    stopping = true;
  }

  /** Answers a batch and blocks until that is done, or the batch belongs to somebody else. */
  void answer(IntakeBatch batch) {
    knowLedger(batch.generation());
    Answered answered = answered(batch);
    if (answered == null) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> next = batch.nextOffsets();
    while (!stopping) {
      Optional<ConsumerGroupMetadata> member = membership.of(batch.generation());
      if (member.isEmpty()) {
        LOG.debug("a batch of requests went to the partitions' next owner");
        return;
      }
      Outcome outcome = writer.write(answered.records(), next, member.get());
      if (outcome == Outcome.COMMITTED || (outcome == Outcome.UNKNOWN && isCommitted(next))) {
        answered.memory().commit();
        count(answered);
        pause = FIRST_PAUSE;
        return;
      }
      rest();
    }
  }

  /** After a rebalance, what former owners of the partitions answered is known first. */
  private void knowLedger(int generation) {
    if (generation != knownGeneration) {
      try {
        ledger.caughtUp().join();
        knownGeneration = generation;
      } catch (CompletionException | CancellationException e) {
        throw new IllegalStateException("the ledger's view does not fail", e);
      }
    }
  }

  private @Nullable Answered answered(IntakeBatch batch) {
    BatchMemory memory = new BatchMemory(ledger, states);
    Answered answered =
        new Answered(memory, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
      RequestReader.Read read = patiently(record);
      if (read == null) {
        return null;
      }
      if (read instanceof RequestReader.Read.Undecodable undecodable) {
        answered.dead().add(undecodable);
        answered.records().add(deadLetter(undecodable));
      } else if (read instanceof RequestReader.Read.Request request) {
        Answer answer = plan(request.request(), memory);
        answered.answers().add(answer);
        answered.records().addAll(answers.records(request.request(), answer));
      }
    }
    return answered;
  }

  /** A request that trips over a defect of ours is answered too, and its neighbours go on. */
  private Answer plan(ReceivedRequest received, BatchMemory memory) {
    try {
      return planner.plan(received, memory);
    } catch (RuntimeException e) {
      LOG.errorf(e, "request %s met a defect", received.coordinates());
      return planner.broken(received);
    }
  }

  /** Waits for a registry that is away; null when it is time to stop. */
  private RequestReader.@Nullable Read patiently(ConsumerRecord<byte[], byte[]> record) {
    while (!stopping) {
      try {
        return reader.read(record);
      } catch (RegistryUnavailableException e) {
        LOG.warnf("requests wait for the schema registry: %s", e.getMessage());
        rest();
      }
    }
    return null;
  }

  private boolean isCommitted(Map<TopicPartition, OffsetAndMetadata> next) {
    while (!stopping) {
      try {
        writer.open();
        Map<TopicPartition, OffsetAndMetadata> now = committed.read();
        return next.entrySet().stream()
            .allMatch(
                wanted -> {
                  OffsetAndMetadata offset = now.get(wanted.getKey());
                  return offset != null && offset.offset() >= wanted.getValue().offset();
                });
      } catch (KafkaException e) {
        LOG.warnf("whether requests have been answered is not known yet: %s", e.getMessage());
        rest();
      }
    }
    return false;
  }

  private ProducerRecord<byte[], byte[]> deadLetter(RequestReader.Read.Undecodable undecodable) {
    return mesh.deadLetter(
        undecodable.record().key(),
        DeadLetters.of(
            environment,
            MeshRecords.SERVICE,
            RecordCoordinates.of(undecodable.record()),
            undecodable.code(),
            undecodable.message(),
            undecodable.schemaId()));
  }

  private void count(Answered answered) {
    answered.dead().forEach(letter -> metrics.deadLetter(letter.record().topic(), letter.code()));
    for (Answer answer : answered.answers()) {
      for (DatasetOutcome outcome : answer.outcomes()) {
        if (outcome instanceof DatasetOutcome.Declined declined) {
          metrics.requestAnswered(declined.type(), declined.code());
        } else {
          metrics.requestAnswered(RunEventType.ACCEPTED, null);
        }
      }
    }
  }

  private void rest() {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      stopping = true;
      Thread.currentThread().interrupt();
    }
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  private record Answered(
      BatchMemory memory,
      List<Answer> answers,
      List<RequestReader.Read.Undecodable> dead,
      List<ProducerRecord<byte[], byte[]>> records) {}
}
