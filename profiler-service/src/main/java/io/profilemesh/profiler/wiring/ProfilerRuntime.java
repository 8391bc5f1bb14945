package io.profilemesh.profiler.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.profilemesh.profiler.capture.CaptureParts;
import io.profilemesh.profiler.capture.ChangeCapture;
import io.profilemesh.profiler.plan.TableStateView;
import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.ProfileRecords;
import io.profilemesh.profiler.publish.ProfilerMetrics;
import io.profilemesh.profiler.publish.RunEvents;
import io.profilemesh.profiler.publish.TransactionalWriter;
import io.profilemesh.profiler.schedule.Pauses;
import io.profilemesh.profiler.schedule.Scheduler;
import io.profilemesh.profiler.schedule.SchedulerParts;
import io.profilemesh.profiler.source.SourceRegistry;
import io.profilemesh.profiler.trigger.IntakeMembership;
import io.profilemesh.profiler.trigger.IntakeParts;
import io.profilemesh.profiler.trigger.RequestIntake;
import io.profilemesh.profiler.work.Announcements;
import io.profilemesh.profiler.work.CommandReader;
import io.profilemesh.profiler.work.EndPublisher;
import io.profilemesh.profiler.work.ForgetfulLedger;
import io.profilemesh.profiler.work.Ledger;
import io.profilemesh.profiler.work.LedgerView;
import io.profilemesh.profiler.work.RunCommands;
import io.profilemesh.profiler.work.RunRecords;
import io.profilemesh.profiler.work.RunWorker;
import io.profilemesh.profiler.work.SourceRunScanner;
import io.profilemesh.profiler.work.WorkReader;
import io.profilemesh.schema.CaptureState;
import io.profilemesh.schema.LedgerEntry;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.RunCommand;
import io.profilemesh.schema.RunWork;
import io.profilemesh.schema.Schedule;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.TableState;
import io.profilemesh.schema.serde.GenericRecordDecoder;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** Every part of a running service, put together once. */
final class ProfilerRuntime implements AutoCloseable {

  private final Setup setup;
  private final Admin admin;
  private final SchemaRegistryClient registry;
  private final SourceRegistry sources;
  private final MeshRecords mesh;
  private final LedgerView ledgerView;
  private final TableStateView tableStates;
  private final Pauses pauses;
  private final Scheduler scheduler;
  private final Announcements announcements;
  private final IntakeMembership membership = new IntakeMembership();
  private final RequestIntake intake;
  private final RunWorker worker;
  private final RunCommands commands;
  private final ChangeCapture capture;

  /**
   * @param onFatal told one sentence when the service cannot go on
   */
  ProfilerRuntime(Setup setup, KafkaClients kafka, MeterRegistry meters, Consumer<String> onFatal) {
    Clock clock = Clock.systemUTC();
    this.setup = setup;
    this.admin = kafka.admin();
    this.registry = SchemaRegistryClient.of(setup.registryConfig());
    this.sources = SourceRegistry.of(setup.configuration(), new BundledEngines(), setup.drivers());
    this.mesh =
        new MeshRecords(setup.topics(), setup.environment(), registry, setup.registryConfig());
    this.ledgerView =
        new LedgerView(
            setup.topics().runLedger().name(),
            kafka.viewConsumer("ledger"),
            new ClusterEnds(admin),
            new RecordDecoder<>(registry, LedgerEntry.class),
            setup.ledgerMemory(),
            clock);
    this.tableStates =
        new TableStateView(
            setup.topics().tableStates().name(),
            kafka.viewConsumer("states"),
            new ClusterEnds(admin),
            new RecordDecoder<>(registry, TableState.class));
    this.pauses =
        new Pauses(
            setup.topics().scheduleCommands().name(),
            kafka.viewConsumer("pauses"),
            new ClusterEnds(admin),
            new RecordDecoder<>(registry, ScheduleCommand.class));
    this.scheduler =
        new Scheduler(
            new SchedulerParts(
                setup.configuration(),
                setup.environment(),
                setup.topics().schedules().name(),
                kafka.scheduleConsumer(),
                new ClusterEnds(admin),
                new RecordDecoder<>(registry, Schedule.class),
                pauses,
                new TransactionalWriter(() -> kafka.transactional("schedules"), setup.chaos()),
                mesh,
                setup.lateAfter(),
                clock));
    this.announcements = new Announcements(kafka.announcing());
    ProfilerMetrics metrics = new ProfilerMetrics(meters);
    RunEvents events = new RunEvents(setup.environment());
    Ledger ledger = setup.chaos().deduplication() ? ledgerView : new ForgetfulLedger(ledgerView);
    this.intake = intake(kafka, ledger, events, metrics, clock, onFatal);
    this.worker = worker(kafka, ledger, events, metrics, clock, onFatal);
    this.commands =
        new RunCommands(
            setup.topics().runCommands().name(),
            kafka.commandConsumer(),
            new CommandReader(
                new RecordDecoder<>(registry, RunCommand.class), setup.environment(), clock),
            new TransactionalWriter(() -> kafka.transactional("commands"), setup.chaos()),
            mesh,
            metrics);
    this.capture = capture(kafka, meters, clock);
  }

  private ChangeCapture capture(KafkaClients kafka, MeterRegistry meters, Clock clock) {
    return ChangeCapture.of(
        new CaptureParts(
            setup.configuration(),
            sources,
            sources::variables,
            setup.topics().captureState().name(),
            setup.environment(),
            setup.environment() + '/' + setup.topics().prefix(),
            kafka.captureConsumer(),
            new ClusterEnds(admin),
            kafka::changeConsumer,
            new RecordDecoder<>(registry, CaptureState.class),
            new GenericRecordDecoder(registry),
            source -> new TransactionalWriter(() -> kafka.captureProducer(source), setup.chaos()),
            mesh,
            ledgerView,
            meters,
            clock));
  }

  private RequestIntake intake(
      KafkaClients kafka,
      Ledger ledger,
      RunEvents events,
      ProfilerMetrics metrics,
      Clock clock,
      Consumer<String> onFatal) {
    return RequestIntake.of(
        new IntakeParts(
            setup.configuration(),
            sources,
            tableStates,
            new RecordDecoder<>(registry, ProfileRequest.class),
            setup.topics().profileRequestsJson().name(),
            ledger,
            membership,
            new TransactionalWriter(() -> kafka.transactional("intake"), setup.chaos()),
            new GroupOffsets(admin, kafka.intakeGroup()),
            mesh,
            events,
            metrics,
            setup.environment(),
            clock,
            onFatal));
  }

  private RunWorker worker(
      KafkaClients kafka,
      Ledger ledger,
      RunEvents events,
      ProfilerMetrics metrics,
      Clock clock,
      Consumer<String> onFatal) {
    TransactionalWriter writer =
        new TransactionalWriter(() -> kafka.transactional("worker"), setup.chaos());
    return new RunWorker(
        setup.topics().runWork().name(),
        kafka.workConsumer(setup.sessionTimeout()),
        new WorkReader(new RecordDecoder<>(registry, RunWork.class), setup.configuration()),
        ledger,
        new SourceRunScanner(setup.configuration(), sources, setup.hasher(), clock),
        new ScansOfSource(setup.configuration()),
        new RunRecords(mesh, events, new ProfileRecords(setup.environment()), clock),
        announcements,
        new EndPublisher(writer, mesh, setup.environment()),
        setup.worker(),
        metrics,
        clock,
        onFatal);
  }

  Setup setup() {
    return setup;
  }

  Admin admin() {
    return admin;
  }

  SchemaRegistryClient registry() {
    return registry;
  }

  SourceRegistry sources() {
    return sources;
  }

  MeshRecords mesh() {
    return mesh;
  }

  LedgerView ledger() {
    return ledgerView;
  }

  Pauses pauses() {
    return pauses;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  TableStateView tableStates() {
    return tableStates;
  }

  IntakeMembership membership() {
    return membership;
  }

  RequestIntake intake() {
    return intake;
  }

  RunWorker worker() {
    return worker;
  }

  RunCommands commands() {
    return commands;
  }

  ChangeCapture capture() {
    return capture;
  }

  /** Ends everything; scans first, because each costs its source something. */
  @Override
  public void close() {
    capture.close();
    worker.close();
    scheduler.close();
    pauses.close();
    intake.close();
    commands.close();
    ledgerView.close();
    tableStates.close();
    announcements.close();
    sources.close();
    admin.close(Duration.ofSeconds(1));
  }
}
