package io.profilemesh.sink.rebuild;

import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.schema.RecordKeys;
import io.profilemesh.schema.TopicAdmin;
import io.profilemesh.schema.TopicSettings;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.sink.rows.EventIdentity;
import io.profilemesh.sink.store.KeptConnection;
import io.profilemesh.sink.store.StoredTopic;
import io.profilemesh.sink.store.TopicStore;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics and tables of their own, and a sink that stores one record after the other. */
final class RebuildFixture implements AutoCloseable {

  static final int PARTITIONS = 2;

  final Topics topics;
  final PostgresEndpoint endpoint;
  private final Map<String, Object> kafka;
  private final Map<String, Object> registry;
  private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
  private final KafkaProducer<byte[], byte[]> producer;

  private RebuildFixture(String name, PostgresEndpoint endpoint) {
    this.topics = new Topics(name + ".");
    this.endpoint = endpoint;
    this.kafka = Map.of("bootstrap.servers", Stacks.shared().bootstrapServers());
    this.registry = Map.of("schema.registry.url", Stacks.shared().schemaRegistryUrl().toString());
    Map<String, Object> registering = new TreeMap<>(registry);
    registering.put("auto.register.schemas", "true");
    serializer.configure(registering, false);
    this.producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static RebuildFixture migrated(String name, String database) {
    RebuildFixture fixture = new RebuildFixture(name, Stacks.shared().createDatabase(database));
    Migrations.of(
            fixture.endpoint.jdbcUrl(), fixture.endpoint.username(), fixture.endpoint.password())
        .apply(ApplyOptions.all());
    return fixture;
  }

  /** The same topics, and empty tables. */
  RebuildFixture inAnEmptyDatabase() {
    return migrated(topics.prefix().replaceFirst("[.]$", ""), "restored" + System.nanoTime());
  }

  /** Empty topics and tables. */
  static RebuildFixture create() {
    String name = "rebuild" + System.nanoTime();
    RebuildFixture fixture = migrated(name, name);
    Topics topics = fixture.topics;
    try (Admin admin = Admin.create(fixture.kafka)) {
      TopicAdmin.ensure(
          admin,
          List.of(
              topics.runEvents(),
              topics.tableProfiles(),
              topics.runVerdicts(),
              topics.driftEvents(),
              topics.incidents(),
              topics.driftPolicies(),
              topics.driftCommands(),
              topics.schedules(),
              topics.scheduleCommands()),
          new TopicSettings(PARTITIONS, (short) 1));
    }
    return fixture;
  }

  /** What another process needs to rebuild the same tables. */
  List<String> arguments() {
    return List.of(
        endpoint.jdbcUrl(),
        endpoint.username(),
        endpoint.password(),
        Stacks.shared().bootstrapServers(),
        Stacks.shared().schemaRegistryUrl().toString(),
        topics.prefix());
  }

  Rebuild rebuild(RebuildListener listener) {
    return RebuildProcess.rebuild(arguments(), listener);
  }

  /** Writes records to a topic, in order; every second dataset to the other partition. */
  void write(String topic, SpecificRecord... records) {
    for (SpecificRecord record : records) {
      String key = RecordKeys.of(record).orElseThrow();
      writeRaw(topic, key, serializer.serialize(topic, record));
    }
    producer.flush();
  }

  void writeRaw(String topic, String key, byte[] value) {
    int partition = Math.floorMod(key.hashCode(), PARTITIONS);
    producer.send(
        new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), value));
    producer.flush();
  }

  /** Stores what is in the topics and not yet in the tables, each record on its own. */
  void store() throws SQLException {
    SchemaRegistryClient client = SchemaRegistryClient.of(registry);
    try (KeptConnection connection = new KeptConnection(endpoint.connect())) {
      store(client, connection);
    }
  }

  private void store(SchemaRegistryClient client, KeptConnection connection) throws SQLException {
    for (StoredTopic<?> topic : StoredTopic.all(topics, client, EventIdentity.own())) {
      TopicStore<?> store =
          new TopicStore<>(
              topic, connection, (p, refused, next) -> {}, (p, at, first) -> false, true);
      for (ConsumerRecord<byte[], byte[]> record : read(topic.name())) {
        store.store(List.of(record));
      }
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** Forgets the first records of every partition of a topic, as retention does. */
  void forget(String topic, long before) throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      Map<TopicPartition, RecordsToDelete> all =
          new TreeMap<>((a, b) -> a.partition() - b.partition());
      for (int partition = 0; partition < PARTITIONS; partition++) {
        all.put(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before));
      }
      admin.deleteRecords(all).all().get();
    }
  }

  /** All rows of every derived table, as text. */
  Map<String, List<String>> rows() throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String table : DerivedTables.ALL) {
      rows.put(table, query("SELECT t::text FROM " + table + " t ORDER BY 1"));
    }
    return rows;
  }

  List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = endpoint.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = endpoint.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
