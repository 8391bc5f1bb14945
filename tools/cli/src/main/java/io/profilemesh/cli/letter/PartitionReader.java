package io.profilemesh.cli.letter;

import io.profilemesh.cli.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what stands in partitions now, committed records only, as bytes. Belongs to no group and
 * leaves nothing behind. For use by one thread.
 */
final class PartitionReader implements AutoCloseable {

  private static final int PATIENCE_MS = 15_000;
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConsumer<byte[], byte[]> consumer;

  PartitionReader(String bootstrapServers) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "profilemesh-cli",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_MS),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> known = consumer.listTopics().getOrDefault(topic, List.of());
    if (known.isEmpty()) {
      throw Failure.failed(
          "there is no topic " + topic,
          "The services create it when they start: profilemesh doctor. Check --topic-prefix.");
    }
    return known.stream()
        .map(each -> new TopicPartition(each.topic(), each.partition()))
        .sorted((one, other) -> Integer.compare(one.partition(), other.partition()))
        .toList();
  }

  /**
   * Reads from an offset to where the partition ends now.
   *
   * @param from first offset; where it is no longer there, the oldest record
   * @param sink false stops the reading
   */
  void read(TopicPartition partition, long from, Predicate<ConsumerRecord<byte[], byte[]>> sink) {
    consumer.assign(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long begin =
        Math.max(from, consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L));
    if (begin >= end) {
      return;
    }
    consumer.seek(partition, begin);
    long lastProgress = System.nanoTime();
    while (consumer.position(partition) < end) {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      consumer.poll(POLL).forEach(records::add);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (record.offset() >= end || !sink.test(record)) {
          return;
        }
      }
      if (!records.isEmpty()) {
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > Duration.ofMillis(PATIENCE_MS).toNanos()) {
        throw new KafkaException("the broker gives no records of " + partition);
      }
    }
  }

  /** The record at an offset; empty when it is no longer there. */
  Optional<ConsumerRecord<byte[], byte[]>> at(TopicPartition partition, long offset) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    read(
        partition,
        offset,
        record -> {
          if (record.offset() == offset) {
            found.add(record);
          }
          return false;
        });
    return found.stream().findFirst();
  }

  /** The first offset of a record of that time or later; the partition's end when there is none. */
  long since(TopicPartition partition, Instant time) {
    OffsetAndTimestamp first =
        consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli())).get(partition);
    return first == null
        ? consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L)
        : first.offset();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
