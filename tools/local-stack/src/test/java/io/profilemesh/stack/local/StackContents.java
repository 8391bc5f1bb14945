package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Something in every part of a stack, and the check that it is still there. */
final class StackContents {

  private static final String TOPIC = "greetings";
  private static final String SUBJECT = TOPIC + "-value";

  private final int schemaId;

  private StackContents(int schemaId) {
    this.schemaId = schemaId;
  }

  /** A record in a topic, a schema, a row in a table of a database with an owner. */
  static StackContents write(Stack stack) throws Exception {
    writeRecord(stack);
    PostgresEndpoint database = stack.createDatabase("greeter", "greeter");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE greetings (text text NOT NULL)");
      statement.execute("INSERT INTO greetings VALUES ('hello')");
    }
    return new StackContents(registry(stack).register(SUBJECT, RunEvent.getClassSchema()));
  }

  /** What another process wrote with {@link #write}. */
  static StackContents writtenBefore(Stack stack) {
    return new StackContents(
        registry(stack).idOf(SUBJECT, RunEvent.getClassSchema()).orElseThrow());
  }

  void assertPresentIn(Stack stack) throws Exception {
    assertThat(readRecord(stack)).isEqualTo("hello");
    assertThat(registry(stack).register(SUBJECT, RunEvent.getClassSchema())).isEqualTo(schemaId);
    assertThat(registry(stack).schemaOf(schemaId).map(Schema::getFullName))
        .contains(RunEvent.getClassSchema().getFullName());
    // The owner's password is kept too.
    try (Connection connection = stack.createDatabase("greeter", "greeter").connect();
        ResultSet rows = connection.createStatement().executeQuery("TABLE greetings")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("hello");
    }
  }

  private static SchemaRegistryClient registry(Stack stack) {
    return SchemaRegistryClient.of(
        Map.of("schema.registry.url", stack.schemaRegistryUrl().toString()));
  }

  private static void writeRecord(Stack stack) throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", stack.bootstrapServers());
    try (Admin admin = Admin.create(config)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(TOPIC, "hello".getBytes(StandardCharsets.UTF_8)))
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static String readRecord(Stack stack) {
    Map<String, Object> config = Map.of("bootstrap.servers", stack.bootstrapServers());
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(30));
      return new String(records.iterator().next().value(), StandardCharsets.UTF_8);
    }
  }
}
