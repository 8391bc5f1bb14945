package io.profilemesh.profiler.work;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Sends what may be lost or repeated without harm (STARTED, PROGRESS, notes of attempts), outside
 * any transaction. Safe for use by many threads.
 */
public final class Announcements implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Announcements.class);

  private final Producer<byte[], byte[]> producer;

  /**
   * @param producer idempotent, not transactional; closed by this
   */
  public Announcements(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Sends and does not wait; the future tells of the delivery. */
  Future<?> send(ProducerRecord<byte[], byte[]> record) {
    try {
      return producer.send(
          record,
          (metadata, failure) -> {
            if (failure != null) {
              LOG.debugf("an announcement was lost: %s", failure.getMessage());
            }
          });
    } catch (KafkaException | IllegalStateException e) {
      LOG.debugf("an announcement was lost: %s", e.getMessage());
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
