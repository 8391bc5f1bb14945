package io.profilemesh.sink.rebuild;

import io.profilemesh.sink.store.KeptConnection;
import io.profilemesh.sink.store.SinkProgress;
import io.profilemesh.sink.store.StoredTopic;
import io.profilemesh.sink.store.TopicStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads some partitions from where the fresh tables stand to given positions, and stores what it
 * reads as the sinks do. Bad records were reported when they first came.
 */
final class LogReader implements Callable<Long> {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final int CONFLICT_TRIES = 20;
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

  private final Map<String, Object> kafka;
  private final List<StoredTopic<?>> topics;
  private final TablesAddress tables;
  private final String schema;
  private final Map<TopicPartition, Long> ends;
  private final LongConsumer progress;

  /**
   * A reader.
   *
   * @param ends position to read to, by partition
   * @param progress told how many offsets further it is, after each batch
   */
  LogReader(
      Map<String, Object> kafka,
      List<StoredTopic<?>> topics,
      TablesAddress tables,
      String schema,
      Map<TopicPartition, Long> ends,
      LongConsumer progress) {
    this.kafka = kafka;
    this.topics = topics;
    this.tables = tables;
    this.schema = schema;
    this.ends = ends;
    this.progress = progress;
  }

  /** Reads and stores; gives the number of offsets passed. */
  @Override
  public Long call() throws SQLException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer();
        KeptConnection connection = new KeptConnection(tables.connect(schema))) {
      loseNothingButTime(connection.open());
      consumer.assign(ends.keySet());
      Map<TopicPartition, Long> at = SinkProgress.read(connection.open(), ends.keySet());
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(ends.keySet());
      ends.keySet()
          .forEach(
              partition ->
                  consumer.seek(
                      partition,
                      Math.max(
                          at.getOrDefault(partition, 0L), begins.getOrDefault(partition, 0L))));
      return read(consumer, stores(connection));
    }
  }

  /**
   * The fresh tables and their positions are lost together, so commits need not wait for the disk;
   * the switch does, and with it all before it.
   */
  private static void loseNothingButTime(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = off");
    }
  }

  private long read(KafkaConsumer<byte[], byte[]> consumer, Map<String, TopicStore<?>> stores)
      throws SQLException {
    long passed = 0;
    Map<TopicPartition, Long> positions = new HashMap<>();
    ends.keySet().forEach(each -> positions.put(each, consumer.position(each)));
    Set<TopicPartition> open = new HashSet<>(ends.keySet());
    pauseFinished(consumer, open);
    while (!open.isEmpty()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (Map.Entry<String, List<ConsumerRecord<byte[], byte[]>>> batch :
          byTopic(records).entrySet()) {
        store(Objects.requireNonNull(stores.get(batch.getKey())), batch.getValue());
      }
      long before = passed;
      for (TopicPartition each : open) {
        long position = Math.min(consumer.position(each), end(each));
        Long former = positions.put(each, position);
        passed += position - (former == null ? 0 : former);
      }
      progress.accept(passed - before);
      pauseFinished(consumer, open);
    }
    return passed;
  }

  private Map<String, List<ConsumerRecord<byte[], byte[]>>> byTopic(
      ConsumerRecords<byte[], byte[]> records) {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> byTopic = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      long end = end(partition);
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (record.offset() < end) {
          byTopic.computeIfAbsent(record.topic(), topic -> new ArrayList<>()).add(record);
        }
      }
    }
    return byTopic;
  }

  private void pauseFinished(KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> open) {
    List<TopicPartition> finished =
        open.stream().filter(each -> consumer.position(each) >= end(each)).toList();
    consumer.pause(finished);
    finished.forEach(open::remove);
  }

  private static void store(TopicStore<?> store, List<ConsumerRecord<byte[], byte[]>> records)
      throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        store.store(records);
        return;
      } catch (SQLException e) {
        if (tries == CONFLICT_TRIES || !CONFLICTS.contains(String.valueOf(e.getSQLState()))) {
          throw e;
        }
      }
    }
  }

  private Map<String, TopicStore<?>> stores(KeptConnection connection) {
    Map<String, TopicStore<?>> stores = new HashMap<>();
    for (StoredTopic<?> topic : topics) {
      stores.put(
          topic.name(),
          new TopicStore<>(
              topic,
              connection,
              (partition, refused, next) -> {},
              (partition, position, first) -> false,
              true));
    }
    return stores;
  }

  private long end(TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "profilemesh-rebuild");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 * 1024 * 1024);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
