package io.profilemesh.query.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.profilemesh.schema.ReasonCode;
import java.time.Duration;

/** Counts what sinks do: rows, records, dead letters by reason, seconds per batch. */
final class SinkMetrics {

  private static final String TOPIC = "topic";

  private final MeterRegistry registry;

  SinkMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void stored(String topic, int records, int rows, Duration took) {
    registry.counter("profilemesh.sink.records", TOPIC, topic).increment(records);
    registry.counter("profilemesh.sink.rows", TOPIC, topic).increment(rows);
    registry.timer("profilemesh.sink.batch", TOPIC, topic).record(took);
  }

  void refused(String topic, ReasonCode code) {
    registry.counter("profilemesh.dead.letters", TOPIC, topic, "reason", code.name()).increment();
  }

  void waited(String topic) {
    registry.counter("profilemesh.sink.waits", TOPIC, topic).increment();
  }
}
