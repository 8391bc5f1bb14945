package io.profilemesh.drift;

import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Stands for the rest of a mesh: writes profiles, reads what comes of them, committed only. */
final class MeshClient implements AutoCloseable {

  private final Topics topics;
  private final SchemaRegistryClient registry;
  private final AvroSerializer<SpecificRecord> serializer;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> seen = new CopyOnWriteArrayList<>();

  MeshClient(Stack stack, Topics topics) {
    this.topics = topics;
    this.registry =
        SchemaRegistryClient.of(
            Map.of("schema.registry.url", stack.schemaRegistryUrl().toString()));
    this.serializer = new AvroSerializer<>(registry);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers(), "linger.ms", 0),
            new StringSerializer(),
            new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "group.id",
                topics.prefix() + "test-reader",
                "metadata.max.age.ms",
                500),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  void registerSchemas() {
    SchemaRegistration.register(registry, topics.all());
  }

  void subscribe() {
    consumer.subscribe(
        List.of(
            topics.driftEvents().name(), topics.runVerdicts().name(), topics.deadLetters().name()));
  }

  void send(TableProfile... parts) {
    for (TableProfile part : parts) {
      sendBytes(part.getDatasetId(), serializer.serialize(topics.tableProfiles().name(), part));
    }
  }

  /** Writes a policy; gives its offset. */
  long send(DriftPolicy policy) {
    String topic = topics.driftPolicies().name();
    return sendBytes(topic, policy.getPolicyId(), serializer.serialize(topic, policy));
  }

  void send(DriftCommand command) {
    String topic = topics.driftCommands().name();
    sendBytes(topic, command.getDatasetId(), serializer.serialize(topic, command));
  }

  void sendBytes(String key, byte[] value) {
    sendBytes(topics.tableProfiles().name(), key, value);
  }

  private long sendBytes(String topic, String key, byte[] value) {
    try {
      return producer.send(new ProducerRecord<>(topic, key, value)).get().offset();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Takes in what came since the last call. */
  void poll(Duration longest) {
    consumer.poll(longest).forEach(seen::add);
  }

  List<RunVerdict> verdicts() {
    return read(topics.runVerdicts(), RunVerdict.class);
  }

  List<DriftEvent> events() {
    return read(topics.driftEvents(), DriftEvent.class);
  }

  List<DeadLetter> deadLetters() {
    return read(topics.deadLetters(), DeadLetter.class);
  }

  List<ConsumerRecord<String, byte[]>> records(Topic topic) {
    return seen.stream().filter(record -> record.topic().equals(topic.name())).toList();
  }

  private <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
    RecordDecoder<T> decoder = new RecordDecoder<>(registry, type);
    return records(topic).stream()
        .map(record -> ((Decoded.Value<T>) decoder.decode(record.value())).record())
        .toList();
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
