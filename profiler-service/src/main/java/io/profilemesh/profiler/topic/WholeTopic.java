package io.profilemesh.profiler.topic;

import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole topic, committed records only, and keeps up with it on a thread of its own.
 *
 * <p>{@link #caughtUp} compares the reader's position with the ends of the partitions, uncommitted
 * records included: the position passes an open transaction only when that has ended, so nothing
 * that was committed before the call is missed.
 *
 * @param <T> type of the values
 */
public final class WholeTopic<T extends SpecificRecord> implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(WholeTopic.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final PartitionEnds ends;
  private final RecordDecoder<T> decoder;
  private final Reader<T> reader;
  private final Runnable afterEachPoll;
  private final Queue<CompletableFuture<Void>> requests = new ConcurrentLinkedQueue<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final Thread thread;
  private List<TopicPartition> partitions = List.of();
  private volatile boolean stopping;

  /** Takes what is read, on the reading thread. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * @param value null: the key was deleted
     */
    void take(String key, @Nullable T value);
  }

  /**
   * @param consumer read-committed and without a group; closed by this
   * @param ends where the partitions end
   * @param afterEachPoll called about once a second at least
   */
  public WholeTopic(
      String topic,
      Consumer<byte[], byte[]> consumer,
      PartitionEnds ends,
      RecordDecoder<T> decoder,
      Reader<T> reader,
      Runnable afterEachPoll) {
    this.topic = topic;
    this.consumer = consumer;
    this.ends = ends;
    this.decoder = decoder;
    this.reader = reader;
    this.afterEachPoll = afterEachPoll;
    this.thread = new Thread(this::run, topic);
    thread.setDaemon(true);
  }

  /** Begins to read. The topic exists. */
  public void start() {
    thread.start();
  }

  /**
   * Completes when everything has been read that was in the topic at the time of the call, open
   * transactions included; fails never, but may take as long as the cluster is away.
   */
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
      afterEachPoll.run();
    } catch (WakeupException e) {
      // Somebody asks to be told, or it is time to stop: the loop looks.
    } catch (InterruptException e) {
      stopping = true;
    } catch (KafkaException e) {
      LOG.warnf("%s cannot be read now, trying again: %s", topic, e.getMessage());
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
    byte[] key = record.key();
    if (key == null) {
      return;
    }
    String name = new String(key, StandardCharsets.UTF_8);
    if (record.value() == null) {
      reader.take(name, null);
      return;
    }
    while (!stopping) {
      try {
        if (decoder.decode(record.value()) instanceof Decoded.Value<T> value) {
          reader.take(name, value.record());
        }
        return;
      } catch (RuntimeException e) {
        LOG.warnf("%s waits for the schema registry: %s", topic, e.getMessage());
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
