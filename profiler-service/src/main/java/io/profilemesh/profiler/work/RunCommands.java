package io.profilemesh.profiler.work;

import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.ProfilerMetrics;
import io.profilemesh.profiler.publish.TransactionalWriter;
import io.profilemesh.profiler.publish.TransactionalWriter.Outcome;
import io.profilemesh.schema.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Takes commands about runs from their topic into the ledger, which every instance reads: the one
 * that holds the run follows them, now or after a restart. Ledger entries, dead letters and offsets
 * are one transaction, so that a bad command is reported once, whichever instance read it.
 */
public final class RunCommands implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(RunCommands.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration REST = Duration.ofMillis(500);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final CommandReader reader;
  private final TransactionalWriter writer;
  private final MeshRecords mesh;
  private final ProfilerMetrics metrics;
  private final Thread thread = new Thread(this::run, "run-commands");
  private boolean behind;
  private volatile boolean stopping;

  /**
   * @param consumer of a group, read-committed, without auto commit; closed by this
   * @param writer transactions of its own; closed by this
   */
  public RunCommands(
      String topic,
      Consumer<byte[], byte[]> consumer,
      CommandReader reader,
      TransactionalWriter writer,
      MeshRecords mesh,
      ProfilerMetrics metrics) {
    this.topic = topic;
    this.consumer = consumer;
    this.reader = reader;
    this.writer = writer;
    this.mesh = mesh;
    this.metrics = metrics;
    thread.setDaemon(true);
  }

  /** Begins to read. The topics exist. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    stopping = true;
    consumer.wakeup();
    try {
      thread.join(STOP_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void subscribe() {
    consumer.subscribe(List.of(topic));
  }

  private void run() {
    try {
      subscribe();
      while (!stopping) {
        step();
      }
    } finally {
      consumer.close(CloseOptions.timeout(STOP_PATIENCE));
      writer.close();
    }
  }

  /** One turn: what was read is in the ledger at its end, or will be read again. */
  void step() {
    try {
      if (behind) {
        rewind();
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        behind = true;
        behind = !isTaken(records);
      }
    } catch (WakeupException e) {
      // It is time to stop: the loop looks.
    } catch (InterruptException e) {
      stopping = true;
    } catch (RegistryUnavailableException | KafkaException e) {
      LOG.warnf("commands about runs wait: %s", e.getMessage());
      rest();
    }
  }

  private boolean isTaken(ConsumerRecords<byte[], byte[]> records) {
    List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
    List<CommandReader.Read.Bad> bad = new ArrayList<>();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      CommandReader.Read read = reader.read(record);
      if (read instanceof CommandReader.Read.Cancel cancel) {
        written.add(mesh.ledger(cancel.key(), cancel.entry()));
      } else if (read instanceof CommandReader.Read.Bad refused) {
        written.add(mesh.deadLetter(record.key(), refused.letter()));
        bad.add(refused);
      }
      next.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    if (writer.write(written, next, consumer.groupMetadata()) != Outcome.COMMITTED) {
      rest();
      return false;
    }
    bad.forEach(each -> metrics.deadLetter(topic, each.code()));
    return true;
  }

  /** Reads on from what has been committed, once nothing about that is in doubt. */
  private void rewind() {
    writer.open();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(consumer.assignment());
    for (TopicPartition partition : consumer.assignment()) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
    behind = false;
  }

  private void rest() {
    try {
      Thread.sleep(REST.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }
}
