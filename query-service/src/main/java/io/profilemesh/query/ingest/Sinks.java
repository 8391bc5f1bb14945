package io.profilemesh.query.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.profilemesh.query.rows.DriftCommandRows;
import io.profilemesh.query.rows.DriftEventRows;
import io.profilemesh.query.rows.EventIdentity;
import io.profilemesh.query.rows.IncidentRows;
import io.profilemesh.query.rows.PolicyRows;
import io.profilemesh.query.rows.ProfileRows;
import io.profilemesh.query.rows.RowWriter;
import io.profilemesh.query.rows.RunEventRows;
import io.profilemesh.query.rows.ScheduleCommandRows;
import io.profilemesh.query.rows.ScheduleRows;
import io.profilemesh.query.rows.VerdictRows;
import io.profilemesh.query.start.Mesh;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.Schedule;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The sinks, one per topic, each fed batches by a channel of its topic's name. */
@ApplicationScoped
public class Sinks {

  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final String WORKERS = "sinks";

  private final Mesh mesh;
  private final DataSource database;
  private final PositionCheck positions;
  private final SinkMetrics metrics;
  private final DeadLetterPublisher deadLetters;
  private final SinkPatience patience = new SinkPatience(FIRST_WAIT, LONGEST_WAIT);

  private final TopicSink<RunEvent> runEvents;
  private final TopicSink<TableProfile> tableProfiles;
  private final TopicSink<RunVerdict> runVerdicts;
  private final TopicSink<DriftEvent> driftEvents;
  private final TopicSink<Incident> incidents;
  private final TopicSink<DriftPolicy> driftPolicies;
  private final TopicSink<DriftCommand> driftCommands;
  private final TopicSink<Schedule> schedules;
  private final TopicSink<ScheduleCommand> scheduleCommands;

  @Inject
  Sinks(
      Mesh mesh,
      DataSource database,
      SchemaRegistryClient registry,
      @Identifier(SinkPositions.NAME) SinkPositions positions,
      MeterRegistry meters) {
    this.mesh = mesh;
    this.database = database;
    this.positions = positions;
    this.metrics = new SinkMetrics(meters);
    this.deadLetters = deadLetters(mesh, registry);
    EventIdentity ids = mesh.deduplication() ? EventIdentity.own() : EventIdentity.everyWriting();
    RecordDecoder<TableProfile> profiles = new RecordDecoder<>(registry, TableProfile.class);
    this.runEvents =
        sink(
            mesh.topics().runEvents(),
            new RecordDecoder<>(registry, RunEvent.class),
            new RunEventRows(ids));
    this.tableProfiles = sink(mesh.topics().tableProfiles(), profiles, new ProfileRows(profiles));
    this.runVerdicts =
        sink(
            mesh.topics().runVerdicts(),
            new RecordDecoder<>(registry, RunVerdict.class),
            new VerdictRows());
    this.driftEvents =
        sink(
            mesh.topics().driftEvents(),
            new RecordDecoder<>(registry, DriftEvent.class),
            new DriftEventRows(ids));
    this.incidents =
        sink(
            mesh.topics().incidents(),
            new RecordDecoder<>(registry, Incident.class),
            new IncidentRows());
    this.driftPolicies =
        sink(
            mesh.topics().driftPolicies(),
            new RecordDecoder<>(registry, DriftPolicy.class),
            new PolicyRows());
    this.driftCommands =
        sink(
            mesh.topics().driftCommands(),
            new RecordDecoder<>(registry, DriftCommand.class),
            new DriftCommandRows());
    this.schedules =
        sink(
            mesh.topics().schedules(),
            new RecordDecoder<>(registry, Schedule.class),
            new ScheduleRows());
    this.scheduleCommands =
        sink(
            mesh.topics().scheduleCommands(),
            new RecordDecoder<>(registry, ScheduleCommand.class),
            new ScheduleCommandRows());
  }

  @Incoming("run-events")
  @Blocking(WORKERS)
  public void runEvents(ConsumerRecords<byte[], byte[]> records) {
    runEvents.accept(records);
  }

  @Incoming("table-profiles")
  @Blocking(WORKERS)
  public void tableProfiles(ConsumerRecords<byte[], byte[]> records) {
    tableProfiles.accept(records);
  }

  @Incoming("run-verdicts")
  @Blocking(WORKERS)
  public void runVerdicts(ConsumerRecords<byte[], byte[]> records) {
    runVerdicts.accept(records);
  }

  @Incoming("drift-events")
  @Blocking(WORKERS)
  public void driftEvents(ConsumerRecords<byte[], byte[]> records) {
    driftEvents.accept(records);
  }

  @Incoming("incidents")
  @Blocking(WORKERS)
  public void incidents(ConsumerRecords<byte[], byte[]> records) {
    incidents.accept(records);
  }

  @Incoming("drift-policies")
  @Blocking(WORKERS)
  public void driftPolicies(ConsumerRecords<byte[], byte[]> records) {
    driftPolicies.accept(records);
  }

  @Incoming("drift-commands")
  @Blocking(WORKERS)
  public void driftCommands(ConsumerRecords<byte[], byte[]> records) {
    driftCommands.accept(records);
  }

  @Incoming("schedules")
  @Blocking(WORKERS)
  public void schedules(ConsumerRecords<byte[], byte[]> records) {
    schedules.accept(records);
  }

  @Incoming("schedule-commands")
  @Blocking(WORKERS)
  public void scheduleCommands(ConsumerRecords<byte[], byte[]> records) {
    scheduleCommands.accept(records);
  }

  /** What each sink is doing. */
  public List<SinkState> states() {
    return List.of(
        runEvents.state(),
        tableProfiles.state(),
        runVerdicts.state(),
        driftEvents.state(),
        incidents.state(),
        driftPolicies.state(),
        driftCommands.state(),
        schedules.state(),
        scheduleCommands.state());
  }

  void stop(@Observes @Priority(1) ShutdownEvent event) {
    patience.stop();
  }

  private <T extends SpecificRecord> TopicSink<T> sink(
      Topic topic, RecordDecoder<T> decoder, RowWriter<T> writer) {
    return new TopicSink<>(
        topic.name(),
        database,
        decoder,
        writer,
        deadLetters,
        metrics,
        patience,
        positions,
        mesh.deduplication());
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
