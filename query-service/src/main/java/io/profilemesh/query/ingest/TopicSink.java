package io.profilemesh.query.ingest;

import io.profilemesh.sink.store.Stored;
import io.profilemesh.sink.store.TopicStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Stores the batches of one topic as they come, large ones in parts at the same time: each
 * partition in one of them, with its own connection and transaction. A batch is over when all of it
 * is stored. A database, broker or registry that is away is waited for, and so are tables that
 * somebody has to migrate first. One thread at a time.
 */
final class TopicSink {

  private final String topic;
  private final TopicStore<?> store;
  private final SinkMetrics metrics;
  private final SinkState state;
  private final SinkPatience patience;
  private final WriteGate gate;
  private final SinkWriters writers;
  private final WritesUnderWay writes;

  TopicSink(
      String topic,
      TopicStore<?> store,
      SinkMetrics metrics,
      SinkPatience patience,
      WriteGate gate,
      SinkWriters writers,
      WritesUnderWay writes) {
    this.topic = topic;
    this.store = store;
    this.gate = gate;
    this.writers = writers;
    this.writes = writes;
    this.metrics = metrics;
    this.state = new SinkState(topic);
    this.patience = patience;
  }

  SinkState state() {
    return state;
  }

  /** Stores a batch, however long it takes. */
  void accept(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    Set<TopicPartition> partitions = new HashSet<>();
    records.forEach(one -> partitions.add(new TopicPartition(one.topic(), one.partition())));
    writes.begin(partitions);
    try {
      writers.together(
          Shares.of(records, writers.most()).stream()
              .<Runnable>map(share -> () -> store(share))
              .toList());
    } finally {
      writes.end(partitions);
    }
  }

  private void store(List<ConsumerRecord<byte[], byte[]>> records) {
    patience.untilDone(
        state,
        () -> metrics.waited(topic),
        () -> {
          gate.pass();
          report(store.store(records));
          return null;
        });
  }

  private void report(Stored stored) {
    stored.reached().forEach(state::reached);
    metrics.stored(topic, stored.records(), stored.rows(), stored.took());
    stored.refused().forEach(one -> metrics.refused(topic, one.refusal().code()));
  }
}
