package io.profilemesh.profiler.capture;

import io.profilemesh.profiler.capture.ChangeEnvelope.Read;
import io.profilemesh.schema.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/** Counts the changes in topics that somebody else writes. */
final class TopicFeed implements ChangeFeed {

  private static final Logger LOG = Logger.getLogger(TopicFeed.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration REGISTRY_PAUSE = Duration.ofMillis(500);
  private static final Duration NEW_TOPICS_EVERY = Duration.ofSeconds(10);

  private final Pattern topics;
  private final LogPosition start;
  private final ChangeEnvelope envelope;
  private final ChangeSink sink;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> offsets = new HashMap<>();
  private long nextLook;
  private volatile boolean closed;

  TopicFeed(
      Pattern topics,
      LogPosition start,
      Supplier<Consumer<byte[], byte[]>> consumers,
      ChangeEnvelope envelope,
      ChangeSink sink) {
    this.topics = topics;
    this.start = start;
    this.envelope = envelope;
    this.sink = sink;
    this.consumer = consumers.get();
  }

  @Override
  public void run(Runnable reading) throws CaptureFailure {
    try {
      offsets.putAll(TopicPositions.read(start));
      assign();
      reading.run();
      while (!closed) {
        take(consumer.poll(POLL));
        if (System.nanoTime() - nextLook >= 0) {
          assign();
        }
      }
    } catch (WakeupException e) {
      // It was closed.
    } catch (KafkaException e) {
      if (!closed) {
        throw TopicFeeds.failed(e);
      }
    } finally {
      consumer.close();
    }
  }

  /** A topic or partition that appears later is read from its start. */
  private void assign() {
    nextLook = System.nanoTime() + NEW_TOPICS_EVERY.toNanos();
    Set<TopicPartition> all = TopicFeeds.partitions(consumer, topics);
    if (all.equals(consumer.assignment())) {
      return;
    }
    Set<TopicPartition> fresh = new HashSet<>(all);
    fresh.removeAll(offsets.keySet());
    offsets.putAll(consumer.beginningOffsets(fresh));
    offsets.keySet().retainAll(all);
    consumer.assign(all);
    all.forEach(partition -> consumer.seek(partition, offsets.getOrDefault(partition, 0L)));
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    if (records.isEmpty()) {
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (!count(record)) {
        return;
      }
      offsets.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }
    if (!sink.store(TopicPositions.of(offsets))) {
      closed = true;
    }
  }

  /** False when it is time to stop. */
  private boolean count(ConsumerRecord<byte[], byte[]> record) {
    while (!closed) {
      try {
        Read read = envelope.read(record.value());
        if (read instanceof Read.Change change) {
          sink.count(change.table(), change.kind(), 1);
        } else if (read instanceof Read.Bad bad) {
          sink.refuse(record, bad.code(), bad.message(), bad.schemaId());
        }
        return true;
      } catch (RegistryUnavailableException e) {
        LOG.warnf("changes wait for the schema registry: %s", e.getMessage());
        pause();
      }
    }
    return false;
  }

  private void pause() {
    try {
      Thread.sleep(REGISTRY_PAUSE.toMillis());
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
  }
}
