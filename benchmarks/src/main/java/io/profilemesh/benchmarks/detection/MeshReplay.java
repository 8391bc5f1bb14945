package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.incident.IncidentRules;
import io.profilemesh.drift.DriftParts;
import io.profilemesh.drift.DriftTopology;
import io.profilemesh.drift.processor.DriftContext;
import io.profilemesh.drift.processor.DriftObserver;
import io.profilemesh.drift.processor.RegistryPatience;
import io.profilemesh.schema.ColumnJudgement;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.Expectation;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The drift service's topology under the test driver: profiles in, findings out. */
final class MeshReplay implements AutoCloseable {

  static final String ENVIRONMENT = "laboratory";

  private static final Topics TOPICS = new Topics("laboratory.");

  private final Path state;
  private final AvroSerializer<SpecificRecord> serializer;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> input;
  private final TestOutputTopic<byte[], byte[]> events;
  private final TestOutputTopic<byte[], byte[]> verdicts;
  private final TestOutputTopic<byte[], byte[]> letters;
  private final RecordDecoder<DriftEvent> eventDecoder;
  private final RecordDecoder<RunVerdict> verdictDecoder;

  /**
   * What the service said of a run: of the end of an incident nobody is alarmed.
   *
   * @param metricRuns metrics of columns that were judged
   */
  record Answer(List<DriftEvent> events, int metricRuns) {}

  MeshReplay() {
    try {
      state = Files.createTempDirectory("detection");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SchemaRegistryClient registry =
        SchemaRegistryClient.of(Map.of("schema.registry.url", "mock://detection"));
    SchemaRegistration.register(registry, TOPICS.all());
    serializer = new AvroSerializer<>(registry);
    eventDecoder = new RecordDecoder<>(registry, DriftEvent.class);
    verdictDecoder = new RecordDecoder<>(registry, RunVerdict.class);
    DriftParts parts =
        new DriftParts(
            new DriftContext(ENVIRONMENT, true, IncidentRules.DEFAULT, DriftObserver.NONE),
            new RecordDecoder<>(registry, TableProfile.class)::decode,
            serializer,
            new RegistryPatience(DriftObserver.NONE, time -> true),
            new RecordDecoder<>(registry, DriftPolicy.class)::decode,
            new RecordDecoder<>(registry, DriftCommand.class)::decode,
            new RecordDecoder<>(registry, Expectation.class)::decode,
            new RecordDecoder<>(registry, ScheduleCommand.class)::decode);
    Properties properties = properties();
    driver =
        new TopologyTestDriver(
            DriftTopology.build(TOPICS, parts, new StreamsConfig(properties)), properties);
    input =
        driver.createInputTopic(
            TOPICS.tableProfiles().name(), new ByteArraySerializer(), new ByteArraySerializer());
    events = output(TOPICS.driftEvents().name());
    verdicts = output(TOPICS.runVerdicts().name());
    letters = output(TOPICS.deadLetters().name());
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "laboratory.drift-service");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9092");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    return properties;
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Sends the parts of a run and takes what is said of it. */
  Answer send(List<TableProfile> parts) {
    for (TableProfile part : parts) {
      input.pipeInput(
          part.getDatasetId().getBytes(StandardCharsets.UTF_8),
          serializer.serialize(TOPICS.tableProfiles().name(), part),
          part.getScanEndedAt());
    }
    if (!letters.isEmpty()) {
      throw new IllegalStateException("the drift service refused a profile of the laboratory");
    }
    List<DriftEvent> found = new ArrayList<>();
    while (!events.isEmpty()) {
      DriftEvent event = value(eventDecoder.decode(events.readValue()));
      if (event.getIncidentState() != IncidentState.RESOLVED) {
        found.add(event);
      }
    }
    int judged = 0;
    while (!verdicts.isEmpty()) {
      RunVerdict verdict = value(verdictDecoder.decode(verdicts.readValue()));
      for (ColumnJudgement column : verdict.getJudgements()) {
        judged += column.getMetrics().size();
      }
    }
    return new Answer(found, judged);
  }

  private static <T> T value(Decoded<T> decoded) {
    if (decoded instanceof Decoded.Value<T> value) {
      return value.record();
    }
    throw new IllegalStateException("the drift service wrote what cannot be read");
  }

  @Override
  public void close() {
    driver.close();
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
