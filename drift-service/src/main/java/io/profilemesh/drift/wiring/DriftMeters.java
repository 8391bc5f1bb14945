package io.profilemesh.drift.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.profilemesh.drift.processor.DriftObserver;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.Severity;
import io.profilemesh.schema.VerdictOutcome;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;

/** Counts what happens; labels are few and fixed, tables are none of them. */
@Singleton
class DriftMeters implements DriftObserver, StateRestoreListener, StandbyUpdateListener {

  /** As Kafka Streams calls the bytes of a store, on disk and in memory. */
  private static final Set<String> STORE_BYTES =
      Set.of("total-sst-files-size", "cur-size-all-mem-tables");

  private final MeterRegistry registry;
  private final DriftStatus status;
  private final Map<String, Long> restoring = new ConcurrentHashMap<>();
  private final Map<String, Long> standbyLags = new ConcurrentHashMap<>();
  private final AtomicLong lastRestoreNanos = new AtomicLong();

  DriftMeters(MeterRegistry registry, DriftStatus status) {
    this.registry = registry;
    this.status = status;
    for (Severity severity : Severity.values()) {
      for (IncidentState state : IncidentState.values()) {
        if (severity != Severity.UNKNOWN && state != IncidentState.UNKNOWN) {
          events(severity, state);
        }
      }
    }
    for (VerdictOutcome outcome : VerdictOutcome.values()) {
      if (outcome != VerdictOutcome.UNKNOWN) {
        registry.counter("profilemesh.drift.verdicts", "outcome", label(outcome));
      }
    }
    registry.gauge("profilemesh.drift.stores.restoring", restoring, Map::size);
    registry.gauge(
        "profilemesh.drift.restore.last.seconds", lastRestoreNanos, nanos -> nanos.get() / 1e9);
    registry.gauge(
        "profilemesh.drift.standby.lag.records",
        standbyLags,
        lags -> lags.values().stream().mapToLong(Long::longValue).sum());
    registry.counter("profilemesh.drift.standby.records");
  }

  /** Counts the bytes of the streams' stores from now on. */
  void measure(KafkaStreams streams) {
    registry.gauge("profilemesh.drift.state.bytes", streams, DriftMeters::bytes);
  }

  private static double bytes(KafkaStreams streams) {
    double bytes = 0;
    for (Metric metric : streams.metrics().values()) {
      if (STORE_BYTES.contains(metric.metricName().name())
          && metric.metricValue() instanceof Number number) {
        bytes += number.doubleValue();
      }
    }
    return bytes;
  }

  @Override
  public void judged(VerdictOutcome outcome) {
    registry.counter("profilemesh.drift.verdicts", "outcome", label(outcome)).increment();
  }

  @Override
  public void told(Severity severity, IncidentState state) {
    events(severity, state).increment();
  }

  private Counter events(Severity severity, IncidentState state) {
    return registry.counter(
        "profilemesh.drift.events", "severity", label(severity), "incident", label(state));
  }

  @Override
  public void refused(String topic, ReasonCode code) {
    registry.counter("profilemesh.dead.letters", "topic", topic, "reason", code.name()).increment();
  }

  @Override
  public void repeated() {
    registry.counter("profilemesh.drift.repeated.parts").increment();
  }

  @Override
  public void registryLost() {
    status.registryLost(true);
  }

  @Override
  public void registryFound() {
    status.registryLost(false);
  }

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
    restoring.put(partition.toString(), System.nanoTime());
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long to, long records) {
    registry.counter("profilemesh.drift.restored.records").increment(records);
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long total) {
    end(partition);
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long total) {
    end(partition);
  }

  private void end(TopicPartition partition) {
    Long started = restoring.remove(partition.toString());
    if (started != null) {
      lastRestoreNanos.set(System.nanoTime() - started);
    }
  }

  @Override
  public void onUpdateStart(TopicPartition partition, String store, long from) {
    standbyLags.put(partition.toString(), 0L);
  }

  @Override
  public void onBatchLoaded(
      TopicPartition partition, String store, TaskId task, long to, long records, long end) {
    registry.counter("profilemesh.drift.standby.records").increment(records);
    standbyLags.put(partition.toString(), Math.max(0, end - to - 1));
  }

  @Override
  public void onUpdateSuspended(
      TopicPartition partition, String store, long to, long end, SuspendReason reason) {
    standbyLags.remove(partition.toString());
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
