package io.profilemesh.profiler.publish;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.schema.CaptureState;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.EventHeaders;
import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.Expectation;
import io.profilemesh.schema.LedgerEntry;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunWork;
import io.profilemesh.schema.Schedule;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.TableState;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Everything the profiler writes, as bytes for a topic. Safe for use by many threads. */
public final class MeshRecords {

  /** Name of this service in headers and dead letters. */
  public static final String SERVICE = "profiler-service";

  private final Topics topics;
  private final String environment;
  private final AvroSerializer<SpecificRecord> serializer;

  /**
   * @param registryConfig Confluent's configuration keys
   */
  public MeshRecords(
      Topics topics,
      String environment,
      SchemaRegistryClient registry,
      Map<String, ?> registryConfig) {
    this.topics = topics;
    this.environment = environment;
    this.serializer = new AvroSerializer<>(registry);
    serializer.configure(registryConfig, false);
  }

  /**
   * Learns the schema ids of every record, so that nothing written later needs the registry.
   *
   * @throws RuntimeException when the registry is away or a schema is not registered
   */
  public void learnSchemas() {
    serializer.serialize(topics.runEvents().name(), RunEvent.newBuilder().build());
    serializer.serialize(topics.tableProfiles().name(), TableProfile.newBuilder().build());
    serializer.serialize(topics.runWork().name(), RunWork.newBuilder().build());
    serializer.serialize(topics.runLedger().name(), LedgerEntry.newBuilder().build());
    serializer.serialize(topics.profileRequests().name(), ProfileRequest.newBuilder().build());
    serializer.serialize(topics.schedules().name(), Schedule.newBuilder().build());
    serializer.serialize(topics.expectations().name(), Expectation.newBuilder().build());
    serializer.serialize(topics.tableStates().name(), TableState.newBuilder().build());
    serializer.serialize(topics.deadLetters().name(), DeadLetter.newBuilder().build());
    serializer.serialize(topics.profileRequests().name(), ProfileRequest.newBuilder().build());
    serializer.serialize(topics.captureState().name(), CaptureState.newBuilder().build());
  }

  /** A run event; its key is the dataset. */
  public ProducerRecord<byte[], byte[]> event(RunEvent event, @Nullable String traceparent) {
    Headers headers = headers(event, event.getEventId(), event.getOccurredAt(), traceparent);
    return record(topics.runEvents(), event.getDatasetId(), event, headers);
  }

  /** The parts of a profile; their key is the dataset. */
  public List<ProducerRecord<byte[], byte[]>> profile(
      List<TableProfile> parts, @Nullable String traceparent) {
    return parts.stream().map(part -> part(part, traceparent)).toList();
  }

  private ProducerRecord<byte[], byte[]> part(TableProfile part, @Nullable String traceparent) {
    String id =
        EventIds.of(
            environment,
            part.getRunId(),
            part.getDatasetId(),
            Integer.toString(part.getAttempt()),
            Integer.toString(part.getPartIndex()));
    Headers headers = headers(part, id, part.getScanEndedAt(), traceparent);
    return record(topics.tableProfiles(), part.getDatasetId(), part, headers);
  }

  /** Work for a worker; its key is the dataset. */
  public ProducerRecord<byte[], byte[]> work(RunWork work, @Nullable String traceparent) {
    String id = EventIds.of(environment, work.getRunId(), work.getDatasetId());
    Headers headers = headers(work, id, work.getAcceptedAt(), traceparent);
    return record(topics.runWork(), work.getDatasetId(), work, headers);
  }

  /** A note in the ledger. */
  public ProducerRecord<byte[], byte[]> ledger(String key, LedgerEntry entry) {
    return record(topics.runLedger(), key, entry, new RecordHeaders());
  }

  /** A request made by the service itself; requests have any key. */
  public ProducerRecord<byte[], byte[]> request(String key, ProfileRequest request) {
    String id = String.valueOf(request.getRequestId());
    Headers headers = headers(request, id, Instant.now(), null);
    return record(topics.profileRequests(), key, request, headers);
  }

  /** How far a pipeline has come, in the partition that it belongs to; its key is the pipeline. */
  public ProducerRecord<byte[], byte[]> schedule(int partition, Schedule schedule) {
    Topic topic = topics.schedules();
    String id =
        EventIds.of(environment, schedule.getPipeline(), schedule.getUpdatedAt().toString());
    return new ProducerRecord<>(
        topic.name(),
        partition,
        schedule.getPipeline().getBytes(StandardCharsets.UTF_8),
        serializer.serialize(topic.name(), schedule),
        headers(schedule, id, schedule.getUpdatedAt(), null));
  }

  /** When the next run of a dataset is due; its key is the dataset. */
  public ProducerRecord<byte[], byte[]> expectation(Expectation expectation, Instant now) {
    String id =
        EventIds.of(environment, expectation.getDatasetId(), expectation.getDueAt().toString());
    Headers headers = headers(expectation, id, now, null);
    return record(topics.expectations(), expectation.getDatasetId(), expectation, headers);
  }

  /** What is known of a table; its key is the dataset. */
  public ProducerRecord<byte[], byte[]> tableState(TableState state) {
    return record(topics.tableStates(), state.getDatasetId(), state, new RecordHeaders());
  }

  /** Nothing is known of a table any more. */
  public ProducerRecord<byte[], byte[]> forgotten(DatasetId dataset) {
    byte[] key = dataset.toString().getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topics.tableStates().name(), key, null);
  }

  /** What change capture knows, in the partition of its source. */
  public ProducerRecord<byte[], byte[]> capture(int partition, byte[] key, CaptureState state) {
    Topic topic = topics.captureState();
    return new ProducerRecord<>(
        topic.name(), partition, key, serializer.serialize(topic.name(), state));
  }

  /**
   * A dead letter.
   *
   * @param key key of the refused record, or null
   */
  public ProducerRecord<byte[], byte[]> deadLetter(byte @Nullable [] key, DeadLetter letter) {
    Headers headers = headers(letter, letter.getDeadLetterId(), Instant.now(), null);
    byte[] value = serializer.serialize(topics.deadLetters().name(), letter);
    return new ProducerRecord<>(topics.deadLetters().name(), null, key, value, headers);
  }

  private ProducerRecord<byte[], byte[]> record(
      Topic topic, String key, SpecificRecord value, Headers headers) {
    byte[] bytes = serializer.serialize(topic.name(), value);
    return new ProducerRecord<>(
        topic.name(), null, key.getBytes(StandardCharsets.UTF_8), bytes, headers);
  }

  private Headers headers(
      SpecificRecord record, String id, Instant time, @Nullable String traceparent) {
    return EventHeaders.of(environment, SERVICE, record, id, time, traceparent).toHeaders();
  }
}
