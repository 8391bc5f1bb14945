package io.profilemesh.drift.wiring;

import io.profilemesh.drift.DriftParts;
import io.profilemesh.drift.DriftTopology;
import io.profilemesh.drift.processor.DriftContext;
import io.profilemesh.drift.processor.PatientSerializer;
import io.profilemesh.drift.processor.RegistryPatience;
import io.profilemesh.drift.query.BaselineRoutes;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.Expectation;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.TopicAdmin;
import io.profilemesh.schema.TopicMismatchException;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the streams up in order - topics, schemas, streams - and down again. What is away is
 * waited for; what is wrong ends the service with one sentence.
 */
final class DriftRunner implements AutoCloseable {

  private static final Logger LOGGER = Logger.getLogger(DriftRunner.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(20);

  private final DriftSettings settings;
  private final DriftStatus status;
  private final DriftMeters meters;
  private final BaselineRoutes baselines;
  private final Consumer<String> fatal;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable KafkaStreams streams;

  /**
   * A runner that was not started.
   *
   * @param fatal is told, in one sentence, why the service cannot work
   */
  DriftRunner(
      DriftSettings settings,
      DriftStatus status,
      DriftMeters meters,
      BaselineRoutes baselines,
      Consumer<String> fatal) {
    this.settings = settings;
    this.status = status;
    this.meters = meters;
    this.baselines = baselines;
    this.fatal = fatal;
  }

  /** Starts; returns when the streams run or the service stops. Meant for a thread of its own. */
  void run() {
    try {
      ensureTopics();
      SchemaRegistryClient registry = SchemaRegistryClient.of(settings.registry());
      RegistryPatience patience = new RegistryPatience(meters, this::rest);
      ensureSchemas(registry, patience);
      start(registry, patience);
    } catch (RegistryPatience.StoppedException e) {
      LOGGER.info("Stopped before the start was complete.");
    } catch (TopicMismatchException e) {
      fatal.accept(e.getMessage());
    } catch (RuntimeException e) {
      LOGGER.debug("The start failed", e);
      fatal.accept(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
  }

  private void ensureTopics() {
    status.waitFor("Kafka");
    while (stopping.getCount() > 0) {
      try (Admin admin = Admin.create(new HashMap<>(settings.kafka()))) {
        TopicAdmin.ensure(admin, topics(), settings.topicSettings());
        FirstOffset.take(admin, settings);
        return;
      } catch (TopicMismatchException e) {
        throw e;
      } catch (KafkaException e) {
        LOGGER.warnf("Kafka is not ready: %s", e.getMessage());
        rest(RETRY);
      }
    }
  }

  private List<Topic> topics() {
    return List.of(
        settings.topics().tableProfiles(),
        settings.topics().driftEvents(),
        settings.topics().runVerdicts(),
        settings.topics().incidents(),
        settings.topics().driftCommands(),
        settings.topics().expectations(),
        settings.topics().driftPolicies(),
        settings.topics().policiesInForce(),
        settings.topics().scheduleCommands(),
        settings.topics().deadLetters());
  }

  /** Learns the ids of what is written, so that the registry is not needed for it later. */
  private void ensureSchemas(SchemaRegistryClient registry, RegistryPatience patience) {
    status.waitFor("the schema registry");
    List<Topic> written =
        List.of(
            settings.topics().driftEvents(),
            settings.topics().runVerdicts(),
            settings.topics().incidents(),
            settings.topics().policiesInForce(),
            settings.topics().deadLetters());
    if (Boolean.TRUE.equals(settings.registry().get("auto.register.schemas"))) {
      patience.insist(() -> SchemaRegistration.register(registry, topics()));
    }
    status.waitFor("schemas: run 'profilemesh schemas register'");
    while (stopping.getCount() > 0
        && !patience.insist(
            () -> written.stream().allMatch(topic -> isRegistered(registry, topic)))) {
      LOGGER.warn("Schemas are not registered yet: run 'profilemesh schemas register'.");
      rest(RETRY);
    }
  }

  private static boolean isRegistered(SchemaRegistryClient registry, Topic topic) {
    return topic.valueSchema() == null
        || registry.idOf(topic.subject(), topic.valueSchema()).isPresent();
  }

  private void start(SchemaRegistryClient registry, RegistryPatience patience) {
    if (stopping.getCount() == 0) {
      return;
    }
    status.waitFor("streams");
    DriftContext drift =
        new DriftContext(
            settings.environment(),
            settings.recogniseRepeats(),
            settings.incidentRules(),
            settings.dashboard(),
            meters);
    AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>(registry);
    DriftParts parts =
        new DriftParts(
            drift,
            new RecordDecoder<>(registry, TableProfile.class)::decode,
            serializer,
            patience,
            new RecordDecoder<>(registry, DriftPolicy.class)::decode,
            new RecordDecoder<>(registry, DriftCommand.class)::decode,
            new RecordDecoder<>(registry, Expectation.class)::decode,
            new RecordDecoder<>(registry, ScheduleCommand.class)::decode);
    HandlerLetters letters =
        new HandlerLetters(
            drift, new PatientSerializer<>(serializer, patience), settings.topics().deadLetters());
    StreamsConfig config = config(StreamsProperties.of(settings, letters));
    KafkaStreams started =
        new KafkaStreams(DriftTopology.build(settings.topics(), parts, config), config);
    started.setStateListener((now, before) -> status.streams(now));
    started.setGlobalStateRestoreListener(meters);
    started.setStandbyUpdateListener(meters);
    meters.measure(started);
    started.setUncaughtExceptionHandler(new ThreadReplacement(System::nanoTime));
    streams = started;
    started.start();
    baselines.serve(
        started,
        settings.advertised().name(),
        settings.advertised().port(),
        settings.questionTimeout(),
        settings.questionKey());
    status.started();
    LOGGER.infof("Judging profiles of %s", settings.topics().tableProfiles().name());
  }

  private static StreamsConfig config(Map<String, Object> properties) {
    return new StreamsConfig(properties);
  }

  /** Waits, but not beyond the end of the service. */
  private boolean rest(Duration time) {
    try {
      return !stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stops; a transaction under way is completed or void, never half. */
  @Override
  public void close() {
    stopping.countDown();
    KafkaStreams running = streams;
    if (running != null && !running.close(CLOSE)) {
      LOGGER.warn("The streams did not stop in time; the next start takes up where they were.");
    }
  }
}
