package io.profilemesh.benchmarks;

import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.sink.rows.EventIdentity;
import io.profilemesh.sink.store.KeptConnection;
import io.profilemesh.sink.store.StoredTopic;
import io.profilemesh.sink.store.TopicStore;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Metric values per second through the sink of profiles, from the bytes of records to committed
 * rows, beside a bare bulk insert of the same rows into the same tables with the same batches on a
 * server whose commits reach the disk.
 */
final class SinkBenchmark {

  private static final String REGISTRY = "mock://sink-benchmark";
  static final int BATCH = 100;
  private static final int ROUNDS = 5;

  private SinkBenchmark() {}

  static Map<String, Object> run(int runs) throws SQLException, IOException {
    Stack stack = Stacks.shared();
    PostgresEndpoint database = DurableDatabase.create(stack, "sink_benchmark");
    Topics topics = new Topics("benchmark.");
    SchemaRegistryClient registry = registry();
    ProfileFeed feed =
        new ProfileFeed(
            stack.createDatabase("sink_benchmark_source"),
            serializer(registry),
            topics.tableProfiles().name());
    StoredTopic<?> stored = profiles(topics, registry);
    int batches = Math.max(1, runs / BATCH);
    List<Double> sink = new ArrayList<>();
    List<Double> insert = new ArrayList<>();
    List<Double> copy = new ArrayList<>();
    int rows = 0;
    // The first round warms up and is left out.
    for (int round = 0; round <= ROUNDS; round++) {
      BareRows.empty(database);
      feed.rewind();
      double sinkSeconds = sink(database, stored, feed, batches);
      BareRows bare = BareRows.read(database, batches);
      rows = bare.rows();
      BareRows.empty(database);
      double insertSeconds = bare.insert(batches);
      BareRows.empty(database);
      double copySeconds = bare.copy(batches);
      System.err.printf(
          "round %d: sink %.2f s, bare insert %.2f s, copy %.2f s%n",
          round, sinkSeconds, insertSeconds, copySeconds);
      if (round > 0) {
        sink.add(sinkSeconds);
        insert.add(insertSeconds);
        copy.add(copySeconds);
      }
    }
    return figures(batches * BATCH, feed.metrics(), rows, sink, insert, copy);
  }

  static SchemaRegistryClient registry() {
    return SchemaRegistryClient.of(Map.of("schema.registry.url", REGISTRY));
  }

  static AvroSerializer<SpecificRecord> serializer(SchemaRegistryClient registry) {
    AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>(registry);
    serializer.configure(
        Map.of("schema.registry.url", REGISTRY, "auto.register.schemas", "true"), false);
    return serializer;
  }

  /** The topic of profiles, as it is stored. */
  static StoredTopic<?> profiles(Topics topics, SchemaRegistryClient registry) {
    String name = topics.tableProfiles().name();
    return StoredTopic.all(topics, registry, EventIdentity.own()).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Seconds to store batches, without the time to make them. */
  static double sink(
      PostgresEndpoint database, StoredTopic<?> stored, ProfileFeed feed, int batches)
      throws SQLException {
    long nanos = 0;
    try (KeptConnection connection = new KeptConnection(DurableDatabase.connect(database))) {
      TopicStore<?> store =
          new TopicStore<>(
              stored,
              connection,
              (partition, refused, next) -> {
                throw new IllegalStateException("a profile of the benchmark was refused");
              },
              (partition, position, first) -> false,
              true);
      for (int batch = 0; batch < batches; batch++) {
        List<ConsumerRecord<byte[], byte[]>> records = feed.batch(batch * BATCH, BATCH);
        long start = System.nanoTime();
        store.store(records);
        nanos += System.nanoTime() - start;
      }
    }
    return nanos / 1e9;
  }

  private static Map<String, Object> figures(
      int runs, int metrics, int rows, List<Double> sink, List<Double> insert, List<Double> copy) {
    List<Double> toInsert = new ArrayList<>();
    List<Double> toCopy = new ArrayList<>();
    for (int i = 0; i < sink.size(); i++) {
      toInsert.add(insert.get(i) / sink.get(i));
      toCopy.add(copy.get(i) / sink.get(i));
    }
    double values = (double) runs * metrics;
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("benchmark", "sink");
    figures.put("runs", runs);
    figures.put("valuesPerRun", metrics);
    figures.put("runsPerTransaction", BATCH);
    figures.put("rows", rows);
    figures.put("rowsPerSecond", Math.round(values / Figures.median(sink)));
    figures.put("bareInsertRowsPerSecond", Math.round(values / Figures.median(insert)));
    figures.put("bareCopyRowsPerSecond", Math.round(values / Figures.median(copy)));
    figures.put("ratioToBareInsert", Figures.rounded(Figures.median(toInsert)));
    figures.put("ratioToBareCopy", Figures.rounded(Figures.median(toCopy)));
    return figures;
  }
}
