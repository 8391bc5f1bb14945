package io.profilemesh.benchmarks;

import io.profilemesh.schema.TopicAdmin;
import io.profilemesh.schema.TopicSettings;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.sink.rebuild.Rebuild;
import io.profilemesh.sink.rebuild.RebuildListener;
import io.profilemesh.sink.rebuild.RebuildOptions;
import io.profilemesh.sink.rebuild.RebuildResult;
import io.profilemesh.sink.rebuild.TablesAddress;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Metric values per second of a rebuild, from its first look at the topics to the switch, beside a
 * bare bulk insert of a quarter of the same rows.
 */
final class RebuildBenchmark {

  private static final int ROUNDS = 3;

  private RebuildBenchmark() {}

  static Map<String, Object> run(int runs) throws SQLException, IOException {
    Stack stack = Stacks.shared();
    PostgresEndpoint database = DurableDatabase.create(stack, "rebuild_benchmark");
    Topics topics = new Topics("rebuild-benchmark.");
    SchemaRegistryClient registry = SinkBenchmark.registry();
    ProfileFeed feed =
        new ProfileFeed(
            stack.createDatabase("rebuild_benchmark_source"),
            SinkBenchmark.serializer(registry),
            topics.tableProfiles().name());
    int batches = Math.max(4, runs / SinkBenchmark.BATCH);
    publish(stack, topics, feed, batches);
    double bare = bareSecondsPerBatch(database, topics, registry, feed, batches / 4);
    BareRows.empty(database);
    feed.rewind();
    SinkBenchmark.sink(database, SinkBenchmark.profiles(topics, registry), feed, batches);
    DurableDatabase.execute(stack.postgres(), "CHECKPOINT");
    List<Double> seconds = new ArrayList<>();
    boolean equal = true;
    // The first warms up; it goes as far as the switch.
    for (int round = 0; round <= ROUNDS; round++) {
      long start = System.nanoTime();
      RebuildResult result =
          new Rebuild(
                  new TablesAddress(database.jdbcUrl(), database.username(), database.password()),
                  Map.of("bootstrap.servers", stack.bootstrapServers()),
                  registry,
                  topics,
                  RebuildListener.silent())
              .run(RebuildOptions.standard());
      double took = (System.nanoTime() - start) / 1e9;
      System.err.printf("round %d: rebuilt in %.2f s%n", round, took);
      equal &= result.equal();
      if (round > 0) {
        seconds.add(took);
      }
    }
    double values = (double) SinkBenchmark.BATCH * feed.metrics();
    double rebuilt = batches * values / Figures.median(seconds);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("benchmark", "rebuild");
    figures.put("runs", batches * SinkBenchmark.BATCH);
    figures.put("valuesPerRun", feed.metrics());
    figures.put("seconds", Figures.rounded(Figures.median(seconds)));
    figures.put("rowsPerSecond", Math.round(rebuilt));
    figures.put("bareInsertRowsPerSecond", Math.round(values / bare));
    figures.put("ratioToBareInsert", Figures.rounded(rebuilt * bare / values));
    figures.put("equal", equal);
    return figures;
  }

  private static double bareSecondsPerBatch(
      PostgresEndpoint database,
      Topics topics,
      SchemaRegistryClient registry,
      ProfileFeed feed,
      int batches)
      throws SQLException, IOException {
    feed.rewind();
    SinkBenchmark.sink(database, SinkBenchmark.profiles(topics, registry), feed, batches);
    BareRows bare = BareRows.read(database, batches);
    List<Double> seconds = new ArrayList<>();
    for (int round = 0; round <= ROUNDS; round++) {
      BareRows.empty(database);
      double took = bare.insert(batches);
      System.err.printf("round %d: bare insert of %d batches %.2f s%n", round, batches, took);
      if (round > 0) {
        seconds.add(took / batches);
      }
    }
    return Figures.median(seconds);
  }

  private static void publish(Stack stack, Topics topics, ProfileFeed feed, int batches) {
    Map<String, Object> kafka = Map.of("bootstrap.servers", stack.bootstrapServers());
    try (Admin admin = Admin.create(kafka)) {
      TopicAdmin.ensure(
          admin,
          List.of(topics.tableProfiles()),
          new TopicSettings(ProfileFeed.PARTITIONS, (short) 1));
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int batch = 0; batch < batches; batch++) {
        for (ConsumerRecord<byte[], byte[]> record :
            feed.batch(batch * SinkBenchmark.BATCH, SinkBenchmark.BATCH)) {
          producer.send(
              new ProducerRecord<>(
                  record.topic(), record.partition(), record.key(), record.value()));
        }
        producer.flush();
      }
    }
  }
}
