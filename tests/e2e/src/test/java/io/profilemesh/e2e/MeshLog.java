package io.profilemesh.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads topics the way a stranger would: committed records only, schemas straight from the
 * registry, none of the product's own decoding. What the product claims is checked against this.
 */
final class MeshLog {

  /** A committed record; the value is null where it is no Avro or empty. */
  record Entry(int partition, long offset, String key, GenericRecord value) {

    String text(String field) {
      Object found = value.get(field);
      return found == null ? null : found.toString();
    }

    long number(String field) {
      return ((Number) value.get(field)).longValue();
    }
  }

  private final String bootstrapServers;
  private final URI registry;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, Schema> schemas = new HashMap<>();

  MeshLog(String bootstrapServers, URI registry) {
    this.bootstrapServers = bootstrapServers;
    this.registry = registry;
  }

  /** Every committed record of the topic, partition by partition in order. */
  List<Entry> read(String topic) {
    List<Entry> entries = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = consumer("read_committed")) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          entries.add(
              new Entry(record.partition(), record.offset(), record.key(), decode(record.value())));
        }
      }
    }
    return entries;
  }

  /** Number of committed records of a partition from one offset to another. */
  long committed(TopicPartition partition, long from, long to) {
    long records = 0;
    try (KafkaConsumer<String, byte[]> consumer = consumer("read_committed")) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, from);
      // Beyond this an unfinished transaction hides records.
      long stable = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < Math.min(to, stable)) {
        records += consumer.poll(Duration.ofMillis(200)).count();
      }
    }
    return records;
  }

  /** Partitions on which an unfinished transaction hides records from committed readers. */
  List<TopicPartition> hanging(String topic) {
    try (KafkaConsumer<String, byte[]> committed = consumer("read_committed");
        KafkaConsumer<String, byte[]> all = consumer("read_uncommitted")) {
      List<TopicPartition> partitions = partitions(all, topic);
      Map<TopicPartition, Long> stable = committed.endOffsets(partitions);
      Map<TopicPartition, Long> high = all.endOffsets(partitions);
      return partitions.stream().filter(p -> stable.get(p) < high.get(p)).toList();
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map((PartitionInfo info) -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private KafkaConsumer<String, byte[]> consumer(String isolation) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("isolation.level", isolation);
    settings.put("enable.auto.commit", "false");
    settings.put("max.partition.fetch.bytes", "8388608");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private GenericRecord decode(byte[] value) {
    if (value == null || value.length < 5 || value[0] != 0) {
      return null;
    }
    Schema schema = schemas.computeIfAbsent(ByteBuffer.wrap(value, 1, 4).getInt(), this::fetch);
    try {
      return new GenericDatumReader<GenericRecord>(schema)
          .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private Schema fetch(int id) {
    URI uri = URI.create(registry + "/schemas/ids/" + id);
    try {
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      String text = new ObjectMapper().readTree(answer.body()).get("schema").asText();
      return new Schema.Parser().parse(text);
    } catch (IOException e) {
      throw new IllegalStateException("registry did not answer for schema " + id, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
