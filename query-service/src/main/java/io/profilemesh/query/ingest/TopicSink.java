package io.profilemesh.query.ingest;

import io.profilemesh.query.rows.RecordRow;
import io.profilemesh.query.rows.RowWriter;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.Refusal;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Stores the records of one topic. A batch is one database transaction: its rows and the position
 * it reaches. Records that a repeat brings again lie behind that position and are left out; bad
 * ones are reported before the position moves past them; a database, broker or registry that is
 * away is waited for. One thread at a time.
 *
 * @param <T> type of the records
 */
final class TopicSink<T extends SpecificRecord> {

  private final String topic;
  private final DataSource database;
  private final RecordDecoder<T> decoder;
  private final RowWriter<T> writer;
  private final DeadLetterOutlet deadLetters;
  private final SinkMetrics metrics;
  private final SinkState state;
  private final SinkPatience patience;
  private final PositionCheck positions;
  private final boolean deduplication;

  TopicSink(
      String topic,
      DataSource database,
      RecordDecoder<T> decoder,
      RowWriter<T> writer,
      DeadLetterOutlet deadLetters,
      SinkMetrics metrics,
      SinkPatience patience,
      PositionCheck positions,
      boolean deduplication) {
    this.topic = topic;
    this.database = database;
    this.decoder = decoder;
    this.writer = writer;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.state = new SinkState(topic);
    this.patience = patience;
    this.positions = positions;
    this.deduplication = deduplication;
  }

  SinkState state() {
    return state;
  }

  /** Stores a batch, however long it takes. */
  void accept(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    patience.untilDone(
        state,
        () -> metrics.waited(topic),
        () -> {
          store(decode(records));
          return null;
        });
  }

  private List<Entry<T>> decode(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    List<Entry<T>> entries = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      entries.add(decode(record));
    }
    return entries;
  }

  private Entry<T> decode(ConsumerRecord<byte[], byte[]> record) {
    String key = key(record);
    if (record.value() == null && key != null) {
      Optional<T> removed = writer.removed(key);
      if (removed.isPresent()) {
        return new Entry<>(record, removed.get(), null, null);
      }
    }
    Decoded<T> decoded = decoder.decode(record.value());
    if (decoded instanceof Decoded.Value<T> value) {
      Optional<Refusal> refusal = RecordRules.check(key, value.record());
      return refusal.isPresent()
          ? new Entry<>(record, null, refusal.get(), value.schemaId())
          : new Entry<>(record, value.record(), null, value.schemaId());
    }
    Decoded.Refused<T> refused = (Decoded.Refused<T>) decoded;
    return new Entry<>(
        record, null, new Refusal(refused.code(), refused.message()), refused.schemaId());
  }

  private void store(List<Entry<T>> entries) throws SQLException {
    Map<TopicPartition, List<Entry<T>>> byPartition = new LinkedHashMap<>();
    for (Entry<T> entry : entries) {
      byPartition.computeIfAbsent(entry.partition(), p -> new ArrayList<>()).add(entry);
    }
    long start = System.nanoTime();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        List<Refused> refused = new ArrayList<>();
        Map<TopicPartition, Long> stored = SinkProgress.lock(connection, byPartition.keySet());
        byPartition.forEach((partition, own) -> keepNew(own, stored.getOrDefault(partition, 0L)));
        int rows = write(connection, byPartition, refused);
        connection.commit();
        report(byPartition, refused, rows, Duration.ofNanos(System.nanoTime() - start));
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  private int write(
      Connection connection, Map<TopicPartition, List<Entry<T>>> byPartition, List<Refused> refused)
      throws SQLException {
    Map<RecordRow<T>, Entry<T>> origins = new IdentityHashMap<>();
    List<RecordRow<T>> good = new ArrayList<>();
    for (List<Entry<T>> entries : byPartition.values()) {
      for (Entry<T> entry : entries) {
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
            writer,
            (row, why) -> {
              Entry<T> origin = Objects.requireNonNull(origins.get(row));
              refused.add(new Refused(origin.record(), why, origin.schemaId()));
            });
    int rows = store.write(connection, good);
    for (Map.Entry<TopicPartition, List<Entry<T>>> partition : byPartition.entrySet()) {
      finish(connection, partition.getKey(), partition.getValue(), refused);
    }
    return rows;
  }

  private void finish(
      Connection connection,
      TopicPartition partition,
      List<Entry<T>> entries,
      List<Refused> refused)
      throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    long first = entries.get(0).record().offset();
    long next = entries.get(entries.size() - 1).record().offset() + 1;
    SinkProgress.advance(connection, partition, deduplication ? first : Long.MAX_VALUE, next);
    List<Refused> own =
        refused.stream()
            .filter(one -> one.record().partition() == partition.partition())
            .sorted(Comparator.comparingLong(one -> one.record().offset()))
            .toList();
    if (!own.isEmpty()) {
      deadLetters.publish(partition, own, next);
    }
  }

  private void report(
      Map<TopicPartition, List<Entry<T>>> byPartition,
      List<Refused> refused,
      int rows,
      Duration took) {
    int records = 0;
    for (Map.Entry<TopicPartition, List<Entry<T>>> partition : byPartition.entrySet()) {
      List<Entry<T>> entries = partition.getValue();
      records += entries.size();
      if (!entries.isEmpty()) {
        long next = entries.get(entries.size() - 1).record().offset() + 1;
        state.reached(partition.getKey(), next);
      }
    }
    metrics.stored(topic, records, rows, took);
    refused.forEach(one -> metrics.refused(topic, one.refusal().code()));
  }

  /** Leaves out what was stored before, or everything when the consumer has to go back first. */
  private void keepNew(List<Entry<T>> entries, long position) {
    if (!deduplication) {
      return;
    }
    Entry<T> first = entries.get(0);
    if (positions.mustGoBack(first.partition(), position, first.record().offset())) {
      entries.clear();
    } else {
      entries.removeIf(entry -> entry.record().offset() < position);
    }
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

  /** A record of a batch: decoded, or refused. */
  private record Entry<T>(
      ConsumerRecord<byte[], byte[]> record,
      @Nullable T value,
      @Nullable Refusal refusal,
      @Nullable Integer schemaId) {

    TopicPartition partition() {
      return new TopicPartition(record.topic(), record.partition());
    }

    RecordRow<T> row() {
      if (value == null) {
        throw new IllegalStateException("a refused record has no row");
      }
      return new RecordRow<>(value, record.value(), record.partition(), record.offset());
    }

    Refused refused() {
      if (refusal == null) {
        throw new IllegalStateException("the record was not refused");
      }
      return new Refused(record, refusal, schemaId);
    }
  }
}
