package io.profilemesh.profiler.publish;

import io.profilemesh.profiler.publish.Chaos.HaltPoint;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes records and consumer offsets in one short transaction.
 *
 * <p>A failure is an outcome, never an exception, and says what is known of the transaction. A
 * producer that cannot go on is replaced before the next write, which also settles what became of a
 * transaction whose outcome was unknown. Confined to one thread.
 */
public final class TransactionalWriter implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(TransactionalWriter.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Chaos chaos;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * @param producers makes producers of one transactional id, not initialised yet
   */
  public TransactionalWriter(Supplier<Producer<byte[], byte[]>> producers, Chaos chaos) {
    this.producers = producers;
    this.chaos = chaos;
  }

  /** What became of a transaction. */
  public enum Outcome {
    /** Records and offsets are there, for ever. */
    COMMITTED,
    /** Nothing was written; the same may be tried again. */
    ABORTED,
    /**
     * Nothing was written: this member no longer speaks for the partitions. What it read belongs to
     * their next owner, unless the consumer finds it still owns them.
     */
    NOT_A_MEMBER,
    /**
     * The answer to the commit was lost. {@link #open} settles it; then ask the log whether it is
     * there.
     */
    UNKNOWN
  }

  /**
   * Sees to it that there is a usable producer; ends what an earlier one of the same transactional
   * id left open.
   *
   * @throws KafkaException when the cluster does not answer; may be called again
   */
  public void open() {
    if (producer == null) {
      Producer<byte[], byte[]> fresh = producers.get();
      try {
        fresh.initTransactions();
      } catch (RuntimeException e) {
        fresh.close(Duration.ZERO);
        throw e;
      }
      producer = fresh;
    }
  }

  /**
   * Writes all of it or nothing.
   *
   * @param offsets next offsets to read; may be empty
   * @param group the group member whose offsets they are
   */
  public Outcome write(
      Collection<ProducerRecord<byte[], byte[]>> records,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata group) {
    if (!chaos.deduplication()) {
      return writeCarelessly(records, offsets, group);
    }
    return transaction(records, offsets, group);
  }

  /** Seeded fault: a crash between the two transactions publishes a result twice. */
  private Outcome writeCarelessly(
      Collection<ProducerRecord<byte[], byte[]>> records,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata group) {
    Outcome outcome = transaction(records, Map.of(), group);
    return outcome == Outcome.COMMITTED ? transaction(List.of(), offsets, group) : outcome;
  }

  private Outcome transaction(
      Collection<ProducerRecord<byte[], byte[]>> records,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata group) {
    chaos.pass(HaltPoint.BEFORE_PUBLISH);
    try {
      open();
      prepare(records, offsets, group);
    } catch (CommitFailedException | FencedInstanceIdException | RebalanceInProgressException e) {
      LOG.debugf("this member no longer speaks for its partitions: %s", e.getMessage());
      abandon();
      return Outcome.NOT_A_MEMBER;
    } catch (KafkaException | IllegalStateException e) {
      LOG.warnf("a transaction was given up and will be tried again: %s", e.getMessage());
      abandon();
      return Outcome.ABORTED;
    }
    chaos.pass(HaltPoint.BETWEEN_SEND_AND_COMMIT);
    return commit();
  }

  private void prepare(
      Collection<ProducerRecord<byte[], byte[]>> records,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata group) {
    Producer<byte[], byte[]> current = current();
    current.beginTransaction();
    for (ProducerRecord<byte[], byte[]> record : records) {
      // A failed send fails the commit, which flushes first: its future says nothing more.
      current.send(record, (metadata, failure) -> {});
    }
    if (!offsets.isEmpty()) {
      current.sendOffsetsToTransaction(offsets, group);
    }
  }

  private Outcome commit() {
    try {
      current().commitTransaction();
      return Outcome.COMMITTED;
    } catch (KafkaException | IllegalStateException e) {
      LOG.warnf("the outcome of a transaction is not known yet: %s", e.getMessage());
      discard();
      return Outcome.UNKNOWN;
    }
  }

  private void abandon() {
    Producer<byte[], byte[]> current = producer;
    if (current == null) {
      return;
    }
    try {
      current.abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      discard();
    }
  }

  private void discard() {
    Producer<byte[], byte[]> current = producer;
    producer = null;
    if (current != null) {
      current.close(Duration.ZERO);
    }
  }

  private Producer<byte[], byte[]> current() {
    Producer<byte[], byte[]> current = producer;
    if (current == null) {
      throw new IllegalStateException("open the writer first");
    }
    return current;
  }

  @Override
  public void close() {
    Producer<byte[], byte[]> current = producer;
    producer = null;
    if (current != null) {
      current.close(CLOSE_TIMEOUT);
    }
  }
}
