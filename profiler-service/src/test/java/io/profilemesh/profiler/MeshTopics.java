package io.profilemesh.profiler;

import io.profilemesh.core.profile.RunId;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.RunCommand;
import io.profilemesh.schema.RunCommandKind;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.TopicAdmin;
import io.profilemesh.schema.TopicSettings;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A requester and an independent, read-committed reader of a mesh's topics. */
public final class MeshTopics implements AutoCloseable {

  private final Topics topics;
  private final SchemaRegistryClient registry;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroSerializer<ProfileRequest> serializer;
  private final AvroSerializer<RunCommand> commandSerializer;
  private final RecordDecoder<RunEvent> eventDecoder;
  private final RecordDecoder<TableProfile> profileDecoder;
  private final RecordDecoder<DeadLetter> letterDecoder;
  private final List<RunEvent> events = new ArrayList<>();
  private final List<TableProfile> profiles = new ArrayList<>();
  private final List<DeadLetter> letters = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  public MeshTopics(Stack stack, String prefix, int partitions) {
    topics = new Topics(prefix);
    registry =
        SchemaRegistryClient.of(
            Map.of("schema.registry.url", stack.schemaRegistryUrl().toString()));
    SchemaRegistration.register(registry, topics.all());
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            stack.bootstrapServers(),
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest",
            "fetch.max.wait.ms",
            "50");
    admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
    TopicAdmin.ensure(admin, topics.all(), new TopicSettings(partitions, (short) 1));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers(), "linger.ms", "0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all = new ArrayList<>();
    for (Topic topic : List.of(topics.runEvents(), topics.tableProfiles(), topics.deadLetters())) {
      for (int partition = 0; partition < partitions; partition++) {
        all.add(new TopicPartition(topic.name(), partition));
      }
    }
    consumer.assign(all);
    consumer.seekToBeginning(all);
    serializer = new AvroSerializer<>(registry);
    commandSerializer = new AvroSerializer<>(registry);
    eventDecoder = new RecordDecoder<>(registry, RunEvent.class);
    profileDecoder = new RecordDecoder<>(registry, TableProfile.class);
    letterDecoder = new RecordDecoder<>(registry, DeadLetter.class);
  }

  public Topics topics() {
    return topics;
  }

  public Admin admin() {
    return admin;
  }

  public SchemaRegistryClient registry() {
    return registry;
  }

  public KafkaProducer<byte[], byte[]> producer() {
    return producer;
  }

  /** Where the request went. */
  public RecordMetadata request(ProfileRequest request) {
    return send(
        topics.profileRequests(),
        null,
        serializer.serialize(topics.profileRequests().name(), request));
  }

  public RecordMetadata requestJson(String json) {
    return send(topics.profileRequestsJson(), null, json.getBytes(StandardCharsets.UTF_8));
  }

  public RecordMetadata send(Topic topic, Integer partition, byte[] value) {
    try {
      return producer.send(new ProducerRecord<>(topic.name(), partition, null, value)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Orders that a run be cancelled. */
  public RecordMetadata cancel(RunId run, String datasetId, String actor, String reason) {
    RunCommand command =
        RunCommand.newBuilder()
            .setCommandId(UUID.randomUUID().toString())
            .setKind(RunCommandKind.CANCEL)
            .setRunId(run.toString())
            .setDatasetId(datasetId)
            .setActor(actor)
            .setReason(reason)
            .setIssuedAt(Instant.now())
            .build();
    String topic = topics.runCommands().name();
    try {
      return producer
          .send(
              new ProducerRecord<>(
                  topic,
                  run.toString().getBytes(StandardCharsets.UTF_8),
                  commandSerializer.serialize(topic, command)))
          .get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  public static ProfileRequest.Builder requestFor(String table) {
    return ProfileRequest.newBuilder().setSource("warehouse").setTable(table);
  }

  /** Reads on and gives what has been read of these events so far, in the order of the log. */
  public List<RunEvent> events(Predicate<RunEvent> which) {
    read();
    return events.stream().filter(which).toList();
  }

  public List<RunEvent> eventsOfRequest(String requestId) {
    return events(event -> event.getRequestId().equals(requestId));
  }

  public List<RunEventType> stepsOfRequest(String requestId) {
    return eventsOfRequest(requestId).stream()
        .map(RunEvent::getType)
        .filter(type -> type != RunEventType.PROGRESS)
        .toList();
  }

  public List<TableProfile> profilesOfRequest(String requestId) {
    read();
    return profiles.stream().filter(one -> one.getRequestId().equals(requestId)).toList();
  }

  public List<TableProfile> profiles() {
    read();
    return List.copyOf(profiles);
  }

  public List<DeadLetter> deadLetters() {
    read();
    return List.copyOf(letters);
  }

  /** The raw records read so far. */
  public List<ConsumerRecord<byte[], byte[]>> records() {
    read();
    return List.copyOf(records);
  }

  private void read() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
      records.add(record);
      if (record.topic().equals(topics.runEvents().name())) {
        events.add(decode(eventDecoder, record));
      } else if (record.topic().equals(topics.tableProfiles().name())) {
        profiles.add(decode(profileDecoder, record));
      } else {
        letters.add(decode(letterDecoder, record));
      }
    }
  }

  private static <T extends SpecificRecord> T decode(
      RecordDecoder<T> decoder, ConsumerRecord<byte[], byte[]> record) {
    if (decoder.decode(record.value()) instanceof Decoded.Value<T> value) {
      return value.record();
    }
    throw new AssertionError("an undecodable record in " + record.topic());
  }

  @Override
  public void close() {
    consumer.close();
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
  }
}
