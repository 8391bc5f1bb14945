package io.profilemesh.query.ingest;

import io.profilemesh.sink.store.Stored;
import io.profilemesh.sink.store.TopicStore;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Stores the batches of one topic as they come. A database, broker or registry that is away is
 * waited for, and so are tables that somebody has to migrate first. One thread at a time.
 */
final class TopicSink {

  private final String topic;
  private final TopicStore<?> store;
  private final SinkMetrics metrics;
  private final SinkState state;
  private final SinkPatience patience;
  private final WriteGate gate;

  TopicSink(
      String topic,
      TopicStore<?> store,
      SinkMetrics metrics,
      SinkPatience patience,
      WriteGate gate) {
    this.topic = topic;
    this.store = store;
    this.gate = gate;
    this.metrics = metrics;
    this.state = new SinkState(topic);
    this.patience = patience;
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
