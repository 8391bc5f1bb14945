package io.profilemesh.cli.topic;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.json.RecordJson;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.RegistryUnavailableException;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads a topic as a plain consumer: committed records only, no group, nothing left behind. */
public final class KafkaTail implements TopicTail {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Topic topic;
  private final KafkaAddress address;
  private final KafkaConsumer<String, byte[]> consumer;
  private final @Nullable RecordDecoder<? extends SpecificRecord> decoder;

  /**
   * @param topic the topic, of the contract
   * @param registryConfig Confluent's configuration keys
   */
  public KafkaTail(Topic topic, KafkaAddress address, Map<String, String> registryConfig) {
    this.topic = topic;
    this.address = address;
    this.decoder = decoder(topic.valueSchema(), registryConfig);
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                address.bootstrapServers(),
                ConsumerConfig.CLIENT_ID_CONFIG,
                "profilemesh-cli",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  private static @Nullable RecordDecoder<? extends SpecificRecord> decoder(
      @Nullable Schema schema, Map<String, String> registryConfig) {
    if (schema == null) {
      return null;
    }
    Class<?> type = SpecificData.get().getClass(schema);
    return new RecordDecoder<>(
        SchemaRegistryClient.of(registryConfig), type.asSubclass(SpecificRecord.class));
  }

  @Override
  public void read(boolean fromBeginning, Predicate<String> sink) {
    try {
      List<TopicPartition> partitions = partitions();
      consumer.assign(partitions);
      if (fromBeginning) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
      }
      boolean wanted = true;
      while (wanted) {
        for (ConsumerRecord<String, byte[]> each : consumer.poll(POLL)) {
          wanted = wanted && sink.test(line(each));
        }
      }
    } catch (InterruptException e) {
      throw Failure.failed("interrupted", "", e);
    } catch (KafkaException | RegistryUnavailableException e) {
      throw Failure.failed(
          "the topic cannot be read from " + address.bootstrapServers() + ": " + e.getMessage(),
          "Check that the mesh is up: profilemesh status",
          e);
    }
  }

  private List<TopicPartition> partitions() {
    List<PartitionInfo> known = consumer.listTopics(PATIENCE).getOrDefault(topic.name(), List.of());
    if (known.isEmpty()) {
      throw Failure.failed(
          "there is no topic " + topic.name() + " at " + address.bootstrapServers(),
          "The services create it when they start: profilemesh status");
    }
    return known.stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }

  private String line(ConsumerRecord<String, byte[]> each) {
    if (decoder == null || each.value() == null) {
      return each.value() == null ? "null" : new String(each.value(), StandardCharsets.UTF_8);
    }
    Decoded<? extends SpecificRecord> decoded = decoder.decode(each.value());
    if (decoded instanceof Decoded.Value<? extends SpecificRecord> value) {
      return RecordJson.writeLine(value.record());
    }
    Decoded.Refused<?> refused = (Decoded.Refused<?>) decoded;
    return "{\"undecodable\":\"%s\",\"partition\":%d,\"offset\":%d}"
        .formatted(refused.code(), each.partition(), each.offset());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
