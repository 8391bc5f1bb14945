package io.profilemesh.query.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.profilemesh.query.start.Mesh;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * How many offsets lie between what is stored and the end of the committed log, over the partitions
 * this instance has read. Asks the brokers at most every few seconds.
 */
@ApplicationScoped
public class SinkLag {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int TIMEOUT_SECONDS = 2;

  private final Sinks sinks;
  private final MeterRegistry meters;
  private Map<String, Long> lags = Map.of();
  private long askedAt;
  private boolean asked;
  private final Admin admin;

  @Inject
  SinkLag(Mesh mesh, Sinks sinks, MeterRegistry meters) {
    this.sinks = sinks;
    this.meters = meters;
    this.admin = Admin.create(mesh.kafka());
  }

  void register(@Observes StartupEvent event) {
    for (SinkState state : sinks.states()) {
      meters.gauge(
          "profilemesh.sink.lag",
          Tags.of("topic", state.topic()),
          state,
          one -> of(one.topic()).isPresent() ? of(one.topic()).getAsLong() : Double.NaN);
    }
  }

  /** Lag of a topic; empty when the brokers do not say. */
  public OptionalLong of(String topic) {
    Long lag = current().get(topic);
    return lag == null ? OptionalLong.empty() : OptionalLong.of(lag);
  }

  String describe(String topic) {
    OptionalLong lag = of(topic);
    return lag.isPresent() ? Long.toString(lag.getAsLong()) : "unknown";
  }

  @PreDestroy
  void close() {
    admin.close(Duration.ZERO);
  }

  private synchronized Map<String, Long> current() {
    if (!asked || System.nanoTime() - askedAt > FRESH.toNanos()) {
      lags = ask();
      askedAt = System.nanoTime();
      asked = true;
    }
    return lags;
  }

  private Map<String, Long> ask() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    Map<String, Long> sums = new HashMap<>();
    for (SinkState state : sinks.states()) {
      sums.put(state.topic(), 0L);
      positions.putAll(state.positions());
    }
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    positions.keySet().forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
    try {
      admin
          .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
          .all()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
          .forEach(
              (partition, end) ->
                  sums.merge(
                      partition.topic(),
                      Math.max(0, end.offset() - positions.getOrDefault(partition, 0L)),
                      Long::sum));
      return sums;
    } catch (ExecutionException | TimeoutException e) {
      return Map.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }
}
