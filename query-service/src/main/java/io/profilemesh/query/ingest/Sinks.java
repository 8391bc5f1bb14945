package io.profilemesh.query.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.profilemesh.query.start.Mesh;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.sink.rows.EventIdentity;
import io.profilemesh.sink.store.StoredTopic;
import io.profilemesh.sink.store.TopicStore;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The sinks, one per topic, each fed batches by a channel of its topic's name. */
@ApplicationScoped
public class Sinks {

  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final String WORKERS = "sinks";

  private final Mesh mesh;
  private final SinkPatience patience = new SinkPatience(FIRST_WAIT, LONGEST_WAIT);

  private final Map<String, TopicSink> sinks = new LinkedHashMap<>();

  @Inject
  Sinks(
      Mesh mesh,
      DataSource database,
      SchemaRegistryClient registry,
      @Identifier(SinkPositions.NAME) SinkPositions positions,
      MeterRegistry meters) {
    this.mesh = mesh;
    SinkMetrics metrics = new SinkMetrics(meters);
    DeadLetterPublisher deadLetters = deadLetters(mesh, registry);
    SchemaGate gate = new SchemaGate(database);
    SinkWriters writers = new SinkWriters(mesh.sinkParallelism());
    EventIdentity ids = mesh.deduplication() ? EventIdentity.own() : EventIdentity.everyWriting();
    for (StoredTopic<?> topic : StoredTopic.all(mesh.topics(), registry, ids)) {
      TopicStore<?> store =
          new TopicStore<>(
              topic, database::getConnection, deadLetters, positions, mesh.deduplication());
      sinks.put(
          topic.name(),
          new TopicSink(
              topic.name(), store, metrics, patience, gate::pass, writers, positions.writes()));
    }
  }

  @Incoming("run-events")
  @Blocking(WORKERS)
  public void runEvents(ConsumerRecords<byte[], byte[]> records) {
    sink(mesh.topics().runEvents()).accept(records);
  }

  @Incoming("table-profiles")
  @Blocking(WORKERS)
  public void tableProfiles(ConsumerRecords<byte[], byte[]> records) {
    sink(mesh.topics().tableProfiles()).accept(records);
  }

  @Incoming("run-verdicts")
  @Blocking(WORKERS)
  public void runVerdicts(ConsumerRecords<byte[], byte[]> records) {
    sink(mesh.topics().runVerdicts()).accept(records);
  }

  @Incoming("drift-events")
  @Blocking(WORKERS)
  public void driftEvents(ConsumerRecords<byte[], byte[]> records) {
    sink(mesh.topics().driftEvents()).accept(records);
  }

  @Incoming("incidents")
  @Blocking(WORKERS)
  public void incidents(ConsumerRecords<byte[], byte[]> records) {
    sink(mesh.topics().incidents()).accept(records);
  }

  @Incoming("drift-policies")
  @Blocking(WORKERS)
  public void driftPolicies(ConsumerRecords<byte[], byte[]> records) {
    sink(mesh.topics().driftPolicies()).accept(records);
  }

  @Incoming("drift-commands")
  @Blocking(WORKERS)
  public void driftCommands(ConsumerRecords<byte[], byte[]> records) {
    sink(mesh.topics().driftCommands()).accept(records);
  }

  @Incoming("schedules")
  @Blocking(WORKERS)
  public void schedules(ConsumerRecords<byte[], byte[]> records) {
    sink(mesh.topics().schedules()).accept(records);
  }

  @Incoming("schedule-commands")
  @Blocking(WORKERS)
  public void scheduleCommands(ConsumerRecords<byte[], byte[]> records) {
    sink(mesh.topics().scheduleCommands()).accept(records);
  }

  /** What each sink is doing. */
  public List<SinkState> states() {
    return sinks.values().stream().map(TopicSink::state).toList();
  }

  void stop(@Observes @Priority(1) ShutdownEvent event) {
    patience.stop();
  }

  private TopicSink sink(Topic topic) {
    return Objects.requireNonNull(sinks.get(topic.name()), topic.name());
  }

  private static DeadLetterPublisher deadLetters(Mesh mesh, SchemaRegistryClient registry) {
    AvroSerializer<DeadLetter> serializer = new AvroSerializer<>(registry);
    serializer.configure(mesh.registry(), false);
    return new DeadLetterPublisher(
        mesh.environment(),
        Mesh.SERVICE,
        mesh.topics().deadLetters().name(),
        mesh.topics().prefix() + Mesh.SERVICE + ".dead-letters",
        mesh.kafka(),
        serializer);
  }
}
