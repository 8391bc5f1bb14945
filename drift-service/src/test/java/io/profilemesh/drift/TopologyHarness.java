package io.profilemesh.drift;

import io.profilemesh.core.incident.IncidentRules;
import io.profilemesh.drift.processor.DriftContext;
import io.profilemesh.drift.processor.DriftObserver;
import io.profilemesh.drift.processor.RegistryPatience;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.Expectation;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology under the test driver, with a registry in memory. */
public final class TopologyHarness implements AutoCloseable {

  static final Topics TOPICS = new Topics("test.");

  private final SchemaRegistryClient registry;
  private final AvroSerializer<SpecificRecord> serializer;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> input;
  private final TestInputTopic<byte[], byte[]> policies;
  private final TestInputTopic<byte[], byte[]> commands;
  private final TestInputTopic<byte[], byte[]> expectations;
  private final TestInputTopic<byte[], byte[]> pauses;

  private TopologyHarness(
      Path stateDir,
      DriftContext drift,
      @Nullable
          Function<Function<byte[], Decoded<TableProfile>>, Function<byte[], Decoded<TableProfile>>>
          unreliable,
      RegistryPatience patience) {
    this.registry = registry();
    this.serializer = new AvroSerializer<>(registry);
    Function<byte[], Decoded<TableProfile>> decoder =
        new RecordDecoder<>(registry, TableProfile.class)::decode;
    DriftParts parts =
        new DriftParts(
            drift,
            unreliable == null ? decoder : unreliable.apply(decoder),
            serializer,
            patience,
            new RecordDecoder<>(registry, DriftPolicy.class)::decode,
            new RecordDecoder<>(registry, DriftCommand.class)::decode,
            new RecordDecoder<>(registry, Expectation.class)::decode,
            new RecordDecoder<>(registry, ScheduleCommand.class)::decode);
    StreamsConfig config = new StreamsConfig(properties(stateDir));
    Map<String, Object> properties = properties(stateDir);
    java.util.Properties asProperties = new java.util.Properties();
    asProperties.putAll(properties);
    this.driver =
        new TopologyTestDriver(
            DriftTopology.build(TOPICS, parts, config), asProperties, WireProfiles.day(0));
    this.input = input(TOPICS.tableProfiles());
    this.policies = input(TOPICS.driftPolicies());
    this.commands = input(TOPICS.driftCommands());
    this.expectations = input(TOPICS.expectations());
    this.pauses = input(TOPICS.scheduleCommands());
  }

  private TestInputTopic<byte[], byte[]> input(Topic topic) {
    return driver.createInputTopic(
        topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  public static TopologyHarness in(Path stateDir) {
    return new TopologyHarness(
        stateDir,
        new DriftContext(WireProfiles.ENVIRONMENT, true, IncidentRules.DEFAULT, DriftObserver.NONE),
        null,
        new RegistryPatience(DriftObserver.NONE, time -> true));
  }

  static TopologyHarness withDashboard(Path stateDir, URI dashboard) {
    return new TopologyHarness(
        stateDir,
        new DriftContext(
            WireProfiles.ENVIRONMENT, true, IncidentRules.DEFAULT, dashboard, DriftObserver.NONE),
        null,
        new RegistryPatience(DriftObserver.NONE, time -> true));
  }

  static TopologyHarness withoutDeduplication(Path stateDir) {
    return new TopologyHarness(
        stateDir,
        new DriftContext(
            WireProfiles.ENVIRONMENT, false, IncidentRules.DEFAULT, DriftObserver.NONE),
        null,
        new RegistryPatience(DriftObserver.NONE, time -> true));
  }

  static TopologyHarness withDecoder(
      Path stateDir,
      DriftObserver observer,
      Function<Function<byte[], Decoded<TableProfile>>, Function<byte[], Decoded<TableProfile>>>
          unreliable) {
    return new TopologyHarness(
        stateDir,
        new DriftContext(WireProfiles.ENVIRONMENT, true, IncidentRules.DEFAULT, observer),
        unreliable,
        new RegistryPatience(observer, time -> true));
  }

  static Topology topology() {
    SchemaRegistryClient registry = registry();
    DriftParts parts =
        new DriftParts(
            new DriftContext(
                WireProfiles.ENVIRONMENT, true, IncidentRules.DEFAULT, DriftObserver.NONE),
            new RecordDecoder<>(registry, TableProfile.class)::decode,
            new AvroSerializer<>(registry),
            new RegistryPatience(DriftObserver.NONE, time -> true),
            new RecordDecoder<>(registry, DriftPolicy.class)::decode,
            new RecordDecoder<>(registry, DriftCommand.class)::decode,
            new RecordDecoder<>(registry, Expectation.class)::decode,
            new RecordDecoder<>(registry, ScheduleCommand.class)::decode);
    return DriftTopology.build(TOPICS, parts, new StreamsConfig(properties(Path.of("unused"))));
  }

  private static SchemaRegistryClient registry() {
    SchemaRegistryClient registry =
        SchemaRegistryClient.of(Map.of("schema.registry.url", "mock://drift-topology"));
    SchemaRegistration.register(registry, TOPICS.all());
    return registry;
  }

  private static Map<String, Object> properties(Path stateDir) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test.drift-service");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9092");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    return properties;
  }

  public TopologyTestDriver driver() {
    return driver;
  }

  SchemaRegistryClient client() {
    return registry;
  }

  /** Takes over the state of another driver, as a restart does from the changelogs. */
  void restoreFrom(TopologyHarness before) {
    before
        .driver
        .getAllStateStores()
        .forEach(
            (name, store) -> {
              if (store instanceof KeyValueStore<?, ?>) {
                copy(before, name);
              }
            });
  }

  private <K, V> void copy(TopologyHarness before, String name) {
    KeyValueStore<K, V> mine = driver.getKeyValueStore(name);
    try (var all = before.driver.<K, V>getKeyValueStore(name).all()) {
      all.forEachRemaining(entry -> mine.put(entry.key, entry.value));
    }
  }

  /** The bytes of a record as on a topic. */
  byte[] bytes(Topic topic, SpecificRecord record) {
    return serializer.serialize(topic.name(), record);
  }

  public void send(TableProfile... parts) {
    for (TableProfile part : parts) {
      send(part.getScanEndedAt(), part);
    }
  }

  void send(Instant at, TableProfile part) {
    sendBytes(part.getDatasetId(), bytes(TOPICS.tableProfiles(), part), at, new RecordHeaders());
  }

  void sendBytes(@Nullable String key, byte @Nullable [] value) {
    sendBytes(key, value, WireProfiles.day(0), new RecordHeaders());
  }

  void sendBytes(@Nullable String key, byte @Nullable [] value, Instant at, Headers headers) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    input.pipeInput(new TestRecord<>(keyBytes, value, headers, at));
  }

  /** Writes a policy, or a tombstone in its place. */
  void sendPolicy(String id, @Nullable DriftPolicy policy) {
    byte[] value = policy == null ? null : bytes(TOPICS.driftPolicies(), policy);
    sendPolicyBytes(id, value);
  }

  void sendPolicyBytes(String id, byte @Nullable [] value) {
    policies.pipeInput(id.getBytes(StandardCharsets.UTF_8), value);
  }

  void send(DriftCommand... orders) {
    for (DriftCommand command : orders) {
      commands.pipeInput(
          new TestRecord<>(
              command.getDatasetId().getBytes(StandardCharsets.UTF_8),
              bytes(TOPICS.driftCommands(), command),
              new RecordHeaders(),
              command.getIssuedAt()));
    }
  }

  void send(Expectation expectation) {
    expectations.pipeInput(
        expectation.getDatasetId().getBytes(StandardCharsets.UTF_8),
        bytes(TOPICS.expectations(), expectation));
  }

  void send(ScheduleCommand command) {
    pauses.pipeInput(
        command.getPipeline().getBytes(StandardCharsets.UTF_8),
        bytes(TOPICS.scheduleCommands(), command));
  }

  void withdrawExpectation(String dataset) {
    expectations.pipeInput(new TestRecord<>(dataset.getBytes(StandardCharsets.UTF_8), null));
  }

  void sendCommandBytes(String dataset, byte[] value) {
    commands.pipeInput(dataset.getBytes(StandardCharsets.UTF_8), value);
  }

  List<RunVerdict> verdicts() {
    return read(TOPICS.runVerdicts(), RunVerdict.class);
  }

  List<DriftEvent> events() {
    return read(TOPICS.driftEvents(), DriftEvent.class);
  }

  /** Incidents in the order in which they changed. */
  List<Incident> incidents() {
    RecordDecoder<Incident> decoder = new RecordDecoder<>(registry, Incident.class);
    return raw(TOPICS.incidents()).stream()
        .filter(record -> record.value() != null)
        .map(record -> decoded(decoder.decode(record.value())))
        .toList();
  }

  List<DeadLetter> deadLetters() {
    return read(TOPICS.deadLetters(), DeadLetter.class);
  }

  List<TestRecord<byte[], byte[]>> raw(Topic topic) {
    return driver
        .createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
    RecordDecoder<T> decoder = new RecordDecoder<>(registry, type);
    return raw(topic).stream().map(record -> decoded(decoder.decode(record.value()))).toList();
  }

  private static <T> T decoded(Decoded<T> decoded) {
    if (decoded instanceof Decoded.Value<T> value) {
      return value.record();
    }
    throw new AssertionError("not decodable: " + decoded);
  }

  @Override
  public void close() {
    driver.close();
  }
}
