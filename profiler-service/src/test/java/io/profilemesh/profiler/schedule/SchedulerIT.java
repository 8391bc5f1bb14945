package io.profilemesh.profiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.profilemesh.configuration.ConfigurationFile;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.profiler.MeshTopics;
import io.profilemesh.profiler.publish.Chaos;
import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.TransactionalWriter;
import io.profilemesh.profiler.topic.PartitionEnds;
import io.profilemesh.profiler.work.TestClock;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.Schedule;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.ScheduleCommandKind;
import io.profilemesh.schema.Trigger;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PARTITIONS = 3;
  private static final String CONFIGURATION =
      """
      sources: { shop: { type: postgresql, database: d, username: u } }
      datasets:
        - source: shop
          include: ["public.*", "sales.orders"]
          exclude: ["*_tmp"]
          schedule: { cron: "0 * * * *", name: hourly }
        - source: shop
          table: public.b
          schedule: { cron: "0 * * * *", name: made up for, missed: once }
        - source: shop
          table: public.c
          schedule: { cron: "0 * * * *", name: third }
      """;

  private final Stack stack = Stacks.shared();
  private final TestClock clock = new TestClock();
  private final List<AutoCloseable> open = new ArrayList<>();
  private MeshTopics mesh;
  private int instances;

  @BeforeEach
  void createTopics() {
    mesh = new MeshTopics(stack, "schedules-" + System.nanoTime() + ".", PARTITIONS);
    // Just after a firing: the next is an hour ahead.
    clock.advance(Duration.ofMinutes(1));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    mesh.close();
  }

  @Test
  void shouldFireOnceHoweverManyInstancesRun() throws Exception {
    // given
    Instance first = instance();
    Instance second = instance();
    instance();
    awaitStates(3);

    // when
    clock.advance(Duration.ofHours(1));

    // then
    Instant hour = Instant.parse("2026-11-20T11:00:00Z");
    await().atMost(PATIENCE).until(() -> requests().size() == 3);
    ProfileRequest hourly = byPipeline().get("hourly").get(0);
    assertThat(hourly.getRequestId()).isEqualTo("schedule/hourly/" + hour);
    assertThat(hourly.getTrigger()).isEqualTo(Trigger.SCHEDULE);
    assertThat(hourly.getTable()).isEqualTo("public.*");
    assertThat(hourly.getTables()).containsExactly("sales.orders");
    assertThat(hourly.getExclude()).containsExactly("*_tmp");

    // when: an owner leaves, another is cut off without a word, and one comes anew
    first.close();
    second.close();
    instance();
    clock.advance(Duration.ofHours(1));

    // then
    await().atMost(PATIENCE).until(() -> requests().size() == 6);
    assertThat(byPipeline().values())
        .allSatisfy(
            made ->
                assertThat(made)
                    .extracting(ProfileRequest::getRequestId)
                    .doesNotHaveDuplicates()
                    .hasSize(2));
    assertThat(states().get("hourly").getFiredFor()).isEqualTo(hour.plusSeconds(3600));
    assertThat(states().get("hourly").getNextAt()).isEqualTo(hour.plusSeconds(7200));
  }

  @Test
  void shouldDoAsConfiguredWithFiringsThatADowntimeMissed() throws Exception {
    // given
    Instance only = instance();
    awaitStates(3);
    only.close();

    // when
    clock.advance(Duration.ofMinutes(3 * 60 + 10));
    instance();

    // then
    await().atMost(PATIENCE).until(() -> states().get("third").getMissedCount() == 3);
    await().atMost(PATIENCE).until(() -> byPipeline().containsKey("made up for"));
    assertThat(byPipeline()).containsOnlyKeys("made up for");
    assertThat(byPipeline().get("made up for"))
        .extracting(ProfileRequest::getRequestId)
        .containsExactly("schedule/made up for/2026-11-20T13:00:00Z");
    assertThat(states().get("made up for").getMissedCount()).isEqualTo(2);
  }

  @Test
  void shouldStayPausedOverARestartUntilItIsResumed() throws Exception {
    // given
    Instance only = instance();
    awaitStates(3);
    command("third", ScheduleCommandKind.PAUSE);
    command("made up for", ScheduleCommandKind.PAUSE);
    only.close();
    Instance again = instance();

    // when
    clock.advance(Duration.ofHours(1));

    // then
    await().atMost(PATIENCE).until(() -> byPipeline().containsKey("hourly"));
    await().atMost(PATIENCE).until(() -> states().get("third").getMissedCount() == 1);
    assertThat(byPipeline()).containsOnlyKeys("hourly");

    // when
    clock.advance(Duration.ofMinutes(1));
    command("third", ScheduleCommandKind.RESUME);
    await().atMost(PATIENCE).until(() -> !again.pauses().of("third").paused());
    clock.advance(Duration.ofHours(1));

    // then
    await().atMost(PATIENCE).until(() -> byPipeline().containsKey("third"));
    assertThat(byPipeline().get("third"))
        .extracting(ProfileRequest::getRequestId)
        .containsExactly("schedule/third/2026-11-20T12:00:00Z");
    assertThat(byPipeline()).doesNotContainKey("made up for");
  }

  @Test
  void shouldSayThatAPipelineIsGone() throws Exception {
    // given
    Instance only = instance();
    awaitStates(3);
    only.close();

    // when
    instance("sources: { shop: { type: postgresql, database: d, username: u } }");

    // then
    await()
        .atMost(PATIENCE)
        .until(() -> states().values().stream().noneMatch(Schedule::getConfigured));
    assertThat(states().get("hourly").getNextAt()).isNull();
  }

  private void awaitStates(int count) {
    await().atMost(PATIENCE).until(() -> states().size() == count);
  }

  private void command(String pipeline, ScheduleCommandKind kind) throws Exception {
    ScheduleCommand command =
        ScheduleCommand.newBuilder()
            .setCommandId(UUID.randomUUID().toString())
            .setKind(kind)
            .setPipeline(pipeline)
            .setActor("test")
            .setIssuedAt(clock.instant())
            .build();
    String topic = mesh.topics().scheduleCommands().name();
    mesh.producer()
        .send(
            new ProducerRecord<>(
                topic,
                pipeline.getBytes(StandardCharsets.UTF_8),
                new AvroSerializer<ScheduleCommand>(mesh.registry()).serialize(topic, command)))
        .get();
  }

  private Map<String, Schedule> states() {
    Map<String, Schedule> states = new HashMap<>();
    read(mesh.topics().schedules().name(), Schedule.class)
        .forEach(state -> states.put(state.getPipeline(), state));
    return states;
  }

  private List<ProfileRequest> requests() {
    return read(mesh.topics().profileRequests().name(), ProfileRequest.class);
  }

  private Map<String, List<ProfileRequest>> byPipeline() {
    return requests().stream().collect(Collectors.groupingBy(ProfileRequest::getPipeline));
  }

  /** The whole topic anew, committed records only. */
  private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
    RecordDecoder<T> decoder = new RecordDecoder<>(mesh.registry(), type);
    List<T> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          values.add(((Decoded.Value<T>) decoder.decode(record.value())).record());
        }
      }
    }
    return values;
  }

  private Instance instance() throws Exception {
    return instance(CONFIGURATION);
  }

  private Instance instance(String text) throws Exception {
    ProfilerConfiguration configuration =
        ConfigurationFile.parse("test", text, Path.of("."), Map.of());
    int number = ++instances;
    Pauses pauses =
        new Pauses(
            mesh.topics().scheduleCommands().name(),
            consumer(Map.of()),
            ends(),
            new RecordDecoder<>(mesh.registry(), ScheduleCommand.class));
    pauses.start();
    pauses.caughtUp().join();
    Map<String, Object> registry =
        Map.of("schema.registry.url", stack.schemaRegistryUrl().toString());
    Scheduler scheduler =
        new Scheduler(
            new SchedulerParts(
                configuration,
                "test",
                mesh.topics().schedules().name(),
                consumer(
                    Map.of(
                        "group.id",
                        mesh.topics().prefix() + "schedules",
                        "partition.assignment.strategy",
                        CooperativeStickyAssignor.class.getName(),
                        "session.timeout.ms",
                        "6000",
                        "heartbeat.interval.ms",
                        "1000")),
                ends(),
                new RecordDecoder<>(mesh.registry(), Schedule.class),
                pauses,
                new TransactionalWriter(() -> producer(number), Chaos.NONE),
                new MeshRecords(mesh.topics(), "test", mesh.registry(), registry),
                Duration.ofMinutes(5),
                clock));
    scheduler.start();
    Instance instance = new Instance(scheduler, pauses);
    open.add(instance);
    return instance;
  }

  private PartitionEnds ends() {
    return partitions -> {
      try {
        return mesh
            .admin()
            .listOffsets(
                partitions.stream()
                    .collect(Collectors.toMap(Function.identity(), each -> OffsetSpec.latest())))
            .all()
            .get()
            .entrySet()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", stack.bootstrapServers());
    config.put("isolation.level", "read_committed");
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    config.put("fetch.max.wait.ms", "50");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private KafkaProducer<byte[], byte[]> producer(int number) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            stack.bootstrapServers(),
            "transactional.id",
            mesh.topics().prefix() + "schedules-" + number,
            "linger.ms",
            "0"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private record Instance(Scheduler scheduler, Pauses pauses) implements AutoCloseable {
    @Override
    public void close() {
      scheduler.close();
      pauses.close();
    }
  }
}
