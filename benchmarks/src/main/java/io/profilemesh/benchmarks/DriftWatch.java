package io.profilemesh.benchmarks;

import io.profilemesh.e2e.TestMesh;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.serde.AvroDeserializer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows the drift topic and notes when the first event of each dataset could be read. */
final class DriftWatch implements AutoCloseable {
  private final KafkaConsumer<String, DriftEvent> consumer;
  private final Map<String, Long> firstSeen = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  DriftWatch(TestMesh mesh) {
    AvroDeserializer<DriftEvent> values = new AvroDeserializer<>();
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
    String topic = mesh.topics().driftEvents().name();
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
    thread = new Thread(this::follow, "drift-watch");
    thread.start();
  }

  private void follow() {
    while (!closed) {
      for (ConsumerRecord<String, DriftEvent> event : consumer.poll(Duration.ofMillis(100))) {
        synchronized (this) {
          firstSeen.putIfAbsent(event.value().getDatasetId(), System.nanoTime());
          notifyAll();
        }
      }
    }
    consumer.close();
  }

  synchronized double awaitEvent(String dataset, long start) throws InterruptedException {
    long deadline = start + Duration.ofSeconds(30).toNanos();
    while (true) {
      Long seen = firstSeen.get(dataset);
      if (seen != null) {
        return (seen - start) / 1e6;
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no drift event of " + dataset + " within 30 s");
      }
      wait(1000);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
