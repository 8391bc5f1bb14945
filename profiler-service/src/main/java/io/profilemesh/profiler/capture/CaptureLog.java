package io.profilemesh.profiler.capture;

import io.profilemesh.profiler.publish.TransactionalWriter;
import io.profilemesh.profiler.publish.TransactionalWriter.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes what capture knows, and what follows from it, in transactions that only the partition's
 * owner can commit. Guarded by its user, apart from {@link #stop}.
 *
 * <p>Records hold whole states and requests have ids that follow from them, so writing the same
 * again is harmless: that settles a transaction whose outcome is not known.
 */
final class CaptureLog implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final TransactionalWriter writer;
  private final CaptureMembership membership;
  private final TopicPartition partition;
  private volatile boolean stopped;

  /**
   * @param partition of the states, whose ownership entitles to write
   */
  CaptureLog(TransactionalWriter writer, CaptureMembership membership, TopicPartition partition) {
    this.writer = writer;
    this.membership = membership;
    this.partition = partition;
  }

  int partition() {
    return partition.partition();
  }

  /** Tries once; whether it is known to be written. */
  boolean tryWrite(Collection<ProducerRecord<byte[], byte[]>> records) {
    Optional<ConsumerGroupMetadata> member = membership.current();
    if (stopped || member.isEmpty()) {
      return false;
    }
    // The offset says nothing; that it is committed as a member of the group does.
    return writer.write(records, Map.of(partition, new OffsetAndMetadata(0)), member.get())
        == Outcome.COMMITTED;
  }

  /** Tries until it is written; false when it is time to stop. */
  boolean write(Collection<ProducerRecord<byte[], byte[]>> records) {
    Duration pause = FIRST_PAUSE;
    while (!stopped) {
      if (tryWrite(records)) {
        return true;
      }
      if (!rest(pause)) {
        return false;
      }
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
    return false;
  }

  /** Ends waiting; nothing more is written. */
  void stop() {
    stopped = true;
  }

  private static boolean rest(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    stopped = true;
    writer.close();
  }
}
