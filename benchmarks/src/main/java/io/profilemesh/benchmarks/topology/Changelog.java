package io.profilemesh.benchmarks.topology;

import io.profilemesh.schema.Topics;
import io.profilemesh.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The state of the drift service, as its changelogs have it. */
final class Changelog {

  private final Stack stack;
  private final Topics topics;

  Changelog(Stack stack, Topics topics) {
    this.stack = stack;
    this.topics = topics;
  }

  /**
   * Entries of columns.
   *
   * @param count how many there are
   * @param bytes of all their values
   */
  record Columns(long count, long bytes) {

    double bytesPerColumn() {
      return (double) bytes / Math.max(1, count);
    }
  }

  /** The columns as they stand. */
  Columns columns() {
    Map<String, Integer> sizes = new HashMap<>();
    read(
        "columns",
        (key, value) -> {
          if (value == null) {
            sizes.remove(key);
          } else {
            sizes.put(key, value.length);
          }
        });
    return new Columns(sizes.size(), sizes.values().stream().mapToLong(Integer::longValue).sum());
  }

  /** The entries of one dataset as they stand. */
  StateSample of(String dataset) {
    String start = dataset + '\0';
    Map<String, byte[]> columns = new LinkedHashMap<>();
    read(
        "columns",
        (key, value) -> {
          if (key.startsWith(start) && value != null) {
            columns.put(key.substring(start.length()), value);
          }
        });
    byte[][] own = new byte[1][];
    read(
        "datasets",
        (key, value) -> {
          if (key.equals(dataset) && value != null) {
            own[0] = value;
          }
        });
    if (own[0] == null) {
      throw new IllegalStateException("the drift service keeps nothing of " + dataset);
    }
    return new StateSample(columns, own[0]);
  }

  private void read(String store, BiConsumer<String, byte[]> entry) {
    String topic = topics.prefix() + "drift-service-" + store + "-changelog";
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record ->
                    entry.accept(new String(record.key(), StandardCharsets.UTF_8), record.value()));
      }
    }
  }
}
