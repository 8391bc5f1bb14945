package io.profilemesh.benchmarks;

import io.profilemesh.e2e.TestMesh;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.Trigger;
import io.profilemesh.schema.serde.AvroDeserializer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A scheduled run over tables that have not changed since the run before: seconds from producing
 * the request to the last SKIPPED event being readable by a committed reader, and rows that the
 * source says were read meanwhile.
 */
final class PlanBenchmark {

  private static final int FEWER = 1_000;

  /** Counters of the source come late, and a token is trusted only after its margin. */
  private static final Duration SETTLE = Duration.ofSeconds(20);

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private PlanBenchmark() {}

  /**
   * @param tables number of tables of the larger measurement, at least 1,000
   */
  static Map<String, Object> run(int tables) throws IOException, InterruptedException {
    try (TestMesh mesh = new TestMesh("plan", Files.createTempDirectory("plan"), Map.of());
        Events events = new Events(mesh)) {
      create(mesh, tables);
      double first = events.secondsOf("first", "public.*", tables, RunEventType.COMPLETED);
      Thread.sleep(SETTLE.toMillis());
      long before = rowsRead(mesh);
      double fewer = events.secondsOf("fewer", "public.t0*", FEWER, RunEventType.SKIPPED);
      double all = events.secondsOf("all", "public.*", tables, RunEventType.SKIPPED);
      Thread.sleep(SETTLE.toMillis());
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("benchmark", "plan");
      figures.put("tables", tables);
      figures.put("firstRunSeconds", Figures.rounded(first));
      figures.put("seconds1000", Figures.rounded(fewer));
      figures.put("seconds" + tables, Figures.rounded(all));
      figures.put("rowsRead", rowsRead(mesh) - before);
      return figures;
    }
  }

  /** Tables t0000 to t0999 are the fewer ones; the others follow as t10000 and so on. */
  private static void create(TestMesh mesh, int tables) {
    mesh.source(
        """
        DO $$ BEGIN FOR i IN 0..%d LOOP
          EXECUTE format('CREATE TABLE t%%s (id int, name text)',
            CASE WHEN i < %d THEN lpad(i::text, 4, '0') ELSE (9000 + i)::text END);
          EXECUTE format('INSERT INTO t%%s SELECT j, ''name '' || j FROM generate_series(1, 20) j',
            CASE WHEN i < %d THEN lpad(i::text, 4, '0') ELSE (9000 + i)::text END);
          IF i %% 500 = 499 THEN COMMIT; END IF;
        END LOOP; END $$
        """
            .formatted(tables - 1, FEWER, FEWER));
  }

  private static long rowsRead(TestMesh mesh) {
    return mesh.sourceNumber(
        "SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint"
            + " FROM pg_stat_user_tables WHERE schemaname = 'public'");
  }

  /** Asks and counts the answers. */
  private static final class Events implements AutoCloseable {
    private final TestMesh mesh;
    private final KafkaConsumer<String, RunEvent> consumer;

    Events(TestMesh mesh) {
      this.mesh = mesh;
      AvroDeserializer<RunEvent> values = new AvroDeserializer<>();
      values.configure(
          Map.of(
              "schema.registry.url",
              mesh.services().schemaRegistryUrl().toString(),
              "specific.avro.reader",
              "true"),
          false);
      consumer =
          new KafkaConsumer<>(
              Map.of(
                  "bootstrap.servers",
                  mesh.stack().bootstrapServers(),
                  "isolation.level",
                  "read_committed"),
              new StringDeserializer(),
              values);
      String topic = mesh.topics().runEvents().name();
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }

    /** Seconds from the request to so many ends of that type; any other end is a failure. */
    double secondsOf(String id, String pattern, int expected, RunEventType type) {
      long start = System.nanoTime();
      mesh.produce(
          mesh.topics().profileRequests().name(),
          id,
          ProfileRequest.newBuilder()
              .setRequestId(id)
              .setSource("shop")
              .setTable(pattern)
              .setTrigger(Trigger.SCHEDULE)
              .build());
      Set<String> ended = new HashSet<>();
      while (ended.size() < expected) {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw new IllegalStateException(
              "only " + ended.size() + " of " + expected + " runs ended in time");
        }
        for (ConsumerRecord<String, RunEvent> record : consumer.poll(Duration.ofMillis(50))) {
          RunEvent event = record.value();
          if (event.getRequestId().equals(id) && isEnd(event.getType())) {
            if (event.getType() != type) {
              throw new IllegalStateException(
                  event.getDatasetId() + " ended otherwise: " + event.getMessage());
            }
            ended.add(event.getDatasetId());
          }
        }
      }
      return (System.nanoTime() - start) / 1e9;
    }

    private static boolean isEnd(RunEventType type) {
      return switch (type) {
        case COMPLETED, FAILED, SKIPPED, CANCELLED -> true;
        case ACCEPTED, STARTED, PROGRESS, UNKNOWN -> false;
      };
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
