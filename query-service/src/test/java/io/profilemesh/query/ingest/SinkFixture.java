package io.profilemesh.query.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.RecordKeys;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.TopicAdmin;
import io.profilemesh.schema.TopicSettings;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroDeserializer;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.sink.rows.DriftEventRows;
import io.profilemesh.sink.rows.EventIdentity;
import io.profilemesh.sink.rows.ProfileRows;
import io.profilemesh.sink.rows.RowWriter;
import io.profilemesh.sink.rows.RunEventRows;
import io.profilemesh.sink.rows.VerdictRows;
import io.profilemesh.sink.store.DeadLetterOutlet;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A mesh of its own on the shared stack: its topics, its database, and sinks that are fed records
 * by hand, so that a test decides what comes how often and what fails when.
 */
final class SinkFixture {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String SERVICE = "query-service";

  final Topics topics;
  final PostgresEndpoint endpoint;
  final SchemaRegistryClient registry;
  final Map<String, Object> kafka;
  final SinkPatience patience = new SinkPatience(Duration.ofMillis(5), Duration.ofMillis(50));
  final SinkWriters writers = new SinkWriters(4);
  private final AvroSerializer<SpecificRecord> serializer;

  private SinkFixture(Topics topics, PostgresEndpoint endpoint) {
    this.topics = topics;
    this.endpoint = endpoint;
    this.kafka = Map.of("bootstrap.servers", Stacks.shared().bootstrapServers());
    this.registry =
        SchemaRegistryClient.of(Map.of("schema.registry.url", "mock://" + topics.prefix()));
    this.serializer = new AvroSerializer<>(registry);
    this.serializer.configure(
        Map.of("schema.registry.url", "mock://" + topics.prefix(), "auto.register.schemas", "true"),
        false);
  }

  /** With a database of its own. */
  static SinkFixture create() {
    PostgresEndpoint endpoint =
        Stacks.shared()
            .createDatabase("sinks_" + COUNT.incrementAndGet() + "_" + System.nanoTime());
    Migrations.of(endpoint.jdbcUrl(), endpoint.username(), endpoint.password())
        .apply(ApplyOptions.all());
    return of(endpoint);
  }

  /** With the same database, emptied, and topics of its own. */
  SinkFixture anew() throws SQLException {
    empty();
    return of(endpoint);
  }

  private static SinkFixture of(PostgresEndpoint endpoint) {
    String prefix = "sinks" + COUNT.incrementAndGet() + "-" + System.nanoTime() + ".";
    SinkFixture fixture = new SinkFixture(new Topics(prefix), endpoint);
    try (Admin admin = Admin.create(fixture.kafka)) {
      TopicAdmin.ensure(
          admin,
          List.of(
              fixture.topics.runEvents(),
              fixture.topics.tableProfiles(),
              fixture.topics.runVerdicts(),
              fixture.topics.driftEvents(),
              fixture.topics.deadLetters()),
          new TopicSettings(1, (short) 1));
    }
    return fixture;
  }

  DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(endpoint.jdbcUrl());
    source.setUser(endpoint.username());
    source.setPassword(endpoint.password());
    source.setReWriteBatchedInserts(true);
    return source;
  }

  TopicSink runEvents() {
    return sink(
        topics.runEvents().name(), RunEvent.class, new RunEventRows(EventIdentity.own()), true);
  }

  TopicSink tableProfiles() {
    return sink(
        topics.tableProfiles().name(),
        TableProfile.class,
        new ProfileRows(new RecordDecoder<>(registry, TableProfile.class)),
        true);
  }

  TopicSink runVerdicts() {
    return sink(topics.runVerdicts().name(), RunVerdict.class, new VerdictRows(), true);
  }

  TopicSink driftEvents() {
    return sink(
        topics.driftEvents().name(),
        DriftEvent.class,
        new DriftEventRows(EventIdentity.own()),
        true);
  }

  TopicSink driftEventsWithoutDeduplication() {
    return sink(
        topics.driftEvents().name(),
        DriftEvent.class,
        new DriftEventRows(EventIdentity.everyWriting()),
        false);
  }

  <T extends SpecificRecord> TopicSink sink(
      String topic, Class<T> type, RowWriter<T> writer, boolean deduplication) {
    return sink(topic, type, writer, deduplication, dataSource(), outlet());
  }

  <T extends SpecificRecord> TopicSink sink(
      String topic,
      Class<T> type,
      RowWriter<T> writer,
      boolean deduplication,
      DataSource database,
      DeadLetterOutlet outlet) {
    TopicStore<T> store =
        new TopicStore<>(
            new StoredTopic<>(topic, new RecordDecoder<>(registry, type), writer),
            database::getConnection,
            outlet,
            (partition, position, first) -> false,
            deduplication);
    return new TopicSink(
        topic,
        store,
        new SinkMetrics(new SimpleMeterRegistry()),
        patience,
        () -> {},
        writers,
        new WritesUnderWay());
  }

  DeadLetterPublisher outlet() {
    AvroSerializer<DeadLetter> letters = new AvroSerializer<>(registry);
    letters.configure(
        Map.of("schema.registry.url", "mock://" + topics.prefix(), "auto.register.schemas", "true"),
        false);
    return new DeadLetterPublisher(
        "test",
        SERVICE,
        topics.deadLetters().name(),
        topics.prefix() + "query-service.dead-letters",
        kafka,
        letters);
  }

  /** A record as it would come from partition 0 of its topic. */
  ConsumerRecord<byte[], byte[]> record(String topic, long offset, SpecificRecord value) {
    return raw(
        topic,
        offset,
        RecordKeys.of(value).map(key -> key.getBytes(StandardCharsets.UTF_8)).orElse(null),
        serializer.serialize(topic, value));
  }

  /** The same record as it would come from another partition, as part of a large batch. */
  static ConsumerRecord<byte[], byte[]> large(
      ConsumerRecord<byte[], byte[]> record, int partition) {
    return new ConsumerRecord<>(
        record.topic(),
        partition,
        record.offset(),
        record.timestamp(),
        record.timestampType(),
        record.serializedKeySize(),
        (int) Shares.WORTHWHILE_BYTES,
        record.key(),
        record.value(),
        record.headers(),
        record.leaderEpoch());
  }

  ConsumerRecord<byte[], byte[]> raw(String topic, long offset, byte[] key, byte[] value) {
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        1_772_366_400_000L,
        TimestampType.CREATE_TIME,
        key == null ? -1 : key.length,
        value == null ? -1 : value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  byte[] bytes(String topic, SpecificRecord value) {
    return serializer.serialize(topic, value);
  }

  /** Every dead letter written so far, as a reader of committed records sees them. */
  List<DeadLetter> deadLetters() {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("isolation.level", "read_committed");
    AvroDeserializer<DeadLetter> deserializer = new AvroDeserializer<>();
    deserializer.configure(Map.of("schema.registry.url", "mock://" + topics.prefix()), false);
    List<DeadLetter> letters = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topics.deadLetters().name(), 0);
    try (KafkaConsumer<byte[], DeadLetter> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), deserializer)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(one -> letters.add(one.value()));
      }
    }
    return letters;
  }

  /** The dead letters of one topic's records. */
  List<DeadLetter> deadLettersOf(String topic) {
    return deadLetters().stream().filter(letter -> letter.getTopic().equals(topic)).toList();
  }

  /** The same mesh, seen by a service that has just started. */
  SinkFixture restarted() {
    return new SinkFixture(topics, endpoint);
  }

  /** All rows of a table in a stable order, as text. */
  List<String> rows(String table) throws SQLException {
    return query("SELECT t::text FROM " + table + " t ORDER BY 1");
  }

  /** Everything that is derived from the topics, as text. */
  Map<String, List<String>> derivedRows() throws SQLException {
    Map<String, List<String>> rows = new HashMap<>();
    for (String table :
        List.of(
            "profilemesh_runs",
            "profilemesh_column_profiles",
            "profilemesh_profile_parts",
            "profilemesh_profile_sketches",
            "profilemesh_events",
            "profilemesh_verdicts",
            "profilemesh_table_state",
            "profilemesh_tables",
            "profilemesh_table_schemas")) {
      rows.put(table, rows(table));
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

  void execute(String sql) throws SQLException {
    try (Connection connection = endpoint.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Forgets everything, as a new database would. */
  void empty() throws SQLException {
    execute(
        "TRUNCATE profilemesh_runs, profilemesh_column_profiles, profilemesh_profile_parts,"
            + " profilemesh_profile_sketches,"
            + " profilemesh_events, profilemesh_verdicts, profilemesh_table_state,"
            + " profilemesh_tables, profilemesh_table_schemas,"
            + " profilemesh_sink_progress");
  }
}
