package io.profilemesh.sink.store;

import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.Refusal;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.sink.rows.RecordRow;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Stores records of one topic. A batch is one database transaction: its rows and the positions it
 * reaches. Records that a repeat brings again lie behind those positions and are left out; bad ones
 * are reported before a position moves past them. Several threads may store batches of different
 * partitions.
 *
 * @param <T> type of the records
 */
public final class TopicStore<T extends SpecificRecord> {

  private final StoredTopic<T> topic;
  private final ConnectionSource database;
  private final DeadLetterOutlet deadLetters;
  private final PositionCheck positions;
  private final boolean deduplication;

  /**
   * A store.
   *
   * @param topic what is stored
   * @param database where; its connections are closed after each batch
   * @param deadLetters told of bad records
   * @param positions told of each partition's first record
   * @param deduplication false only to prove that tests notice its absence
   */
  public TopicStore(
      StoredTopic<T> topic,
      ConnectionSource database,
      DeadLetterOutlet deadLetters,
      PositionCheck positions,
      boolean deduplication) {
    this.topic = topic;
    this.database = database;
    this.deadLetters = deadLetters;
    this.positions = positions;
    this.deduplication = deduplication;
  }

  /**
   * Stores a batch, all of it or nothing.
   *
   * @param records in order of offset within each partition
   * @throws SQLException when the database cannot be used; no record is to blame
   */
  public Stored store(Iterable<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
    Map<TopicPartition, List<BatchEntry<T>>> byPartition = decode(records);
    long start = System.nanoTime();
    try (Connection connection = database.open()) {
      prepare(connection, byPartition.values());
      connection.setAutoCommit(false);
      try {
        Map<TopicPartition, Long> stored = SinkProgress.lock(connection, byPartition.keySet());
        byPartition.forEach((partition, own) -> keepNew(own, stored.getOrDefault(partition, 0L)));
        byPartition.values().removeIf(List::isEmpty);
        List<Refused> refused = new ArrayList<>();
        int rows = write(connection, byPartition, refused);
        connection.commit();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Stored(count(byPartition), rows, refused, reached(byPartition), took);
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  /** What makes places for rows locks more than rows: it must not wait for a batch to end. */
  private void prepare(Connection connection, Collection<List<BatchEntry<T>>> batches)
      throws SQLException {
    List<RecordRow<T>> good =
        batches.stream()
            .flatMap(List::stream)
            .filter(entry -> entry.value() != null)
            .map(BatchEntry::row)
            .toList();
    if (!good.isEmpty()) {
      connection.setAutoCommit(true);
      topic.writer().prepare(connection, good);
    }
  }

  private Map<TopicPartition, List<BatchEntry<T>>> decode(
      Iterable<ConsumerRecord<byte[], byte[]>> records) {
    Map<TopicPartition, List<BatchEntry<T>>> byPartition = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      BatchEntry<T> entry = decode(record);
      byPartition.computeIfAbsent(entry.partition(), p -> new ArrayList<>()).add(entry);
    }
    return byPartition;
  }

  private BatchEntry<T> decode(ConsumerRecord<byte[], byte[]> record) {
    String key = key(record);
    if (record.value() == null && key != null) {
      Optional<T> removed = topic.writer().removed(key);
      if (removed.isPresent()) {
        return new BatchEntry<>(record, removed.get(), null, null);
      }
    }
    Decoded<T> decoded = topic.decoder().decode(record.value());
    if (decoded instanceof Decoded.Value<T> value) {
      Optional<Refusal> refusal = RecordRules.check(key, value.record());
      return refusal.isPresent()
          ? new BatchEntry<>(record, null, refusal.get(), value.schemaId())
          : new BatchEntry<>(record, value.record(), null, value.schemaId());
    }
    Decoded.Refused<T> refused = (Decoded.Refused<T>) decoded;
    return new BatchEntry<>(
        record, null, new Refusal(refused.code(), refused.message()), refused.schemaId());
  }

  private int write(
      Connection connection,
      Map<TopicPartition, List<BatchEntry<T>>> byPartition,
      List<Refused> refused)
      throws SQLException {
    Map<RecordRow<T>, BatchEntry<T>> origins = new IdentityHashMap<>();
    List<RecordRow<T>> good = new ArrayList<>();
    for (List<BatchEntry<T>> entries : byPartition.values()) {
      for (BatchEntry<T> entry : entries) {
        if (entry.value() == null) {
          refused.add(entry.refused());
        } else {
          RecordRow<T> row = entry.row();
          origins.put(row, entry);
          good.add(row);
        }
      }
    }
    BatchStore<T> store =
        new BatchStore<>(
            topic.writer(),
            (row, why) -> {
              BatchEntry<T> origin = Objects.requireNonNull(origins.get(row));
              refused.add(new Refused(origin.record(), why, origin.schemaId()));
            });
    int rows = store.write(connection, good);
    for (Map.Entry<TopicPartition, List<BatchEntry<T>>> partition : byPartition.entrySet()) {
      finish(connection, partition.getKey(), partition.getValue(), refused);
    }
    return rows;
  }

  private void finish(
      Connection connection,
      TopicPartition partition,
      List<BatchEntry<T>> entries,
      List<Refused> refused)
      throws SQLException {
    long first = entries.get(0).offset();
    long next = next(entries);
    SinkProgress.advance(
        connection, partition, first, next, deduplication ? first : Long.MAX_VALUE);
    List<Refused> own =
        refused.stream()
            .filter(one -> one.record().partition() == partition.partition())
            .sorted(Comparator.comparingLong(one -> one.record().offset()))
            .toList();
    if (!own.isEmpty()) {
      deadLetters.publish(partition, own, next);
    }
  }

  /** Leaves out what was stored before, or everything when the consumer has to go back first. */
  private void keepNew(List<BatchEntry<T>> entries, long position) {
    if (!deduplication) {
      return;
    }
    BatchEntry<T> first = entries.get(0);
    if (positions.mustGoBack(first.partition(), position, first.offset())) {
      entries.clear();
    } else {
      entries.removeIf(entry -> entry.offset() < position);
    }
  }

  private static <T> int count(Map<TopicPartition, List<BatchEntry<T>>> byPartition) {
    return byPartition.values().stream().mapToInt(List::size).sum();
  }

  private static <T> Map<TopicPartition, Long> reached(
      Map<TopicPartition, List<BatchEntry<T>>> byPartition) {
    Map<TopicPartition, Long> reached = new HashMap<>();
    byPartition.forEach((partition, entries) -> reached.put(partition, next(entries)));
    return reached;
  }

  private static <T> long next(List<BatchEntry<T>> entries) {
    return entries.get(entries.size() - 1).offset() + 1;
  }

  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static @Nullable String key(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    return key == null ? null : new String(key, StandardCharsets.UTF_8);
  }
}
