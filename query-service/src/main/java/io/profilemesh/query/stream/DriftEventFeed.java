package io.profilemesh.query.stream;

import io.profilemesh.query.start.Mesh;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the drift events of a topic for one listener, from a position on. Belongs to no consumer
 * group, so that it needs no right but to read. For use by one thread.
 */
final class DriftEventFeed implements AutoCloseable {

  private static final int PATIENCE_MS = 5_000;
  private static final int MOST_RECORDS = 100;

  private final Consumer<byte[], byte[]> consumer;
  private final RecordDecoder<DriftEvent> decoder;
  private final List<TopicPartition> partitions;
  private Positions positions;

  /**
   * Connects.
   *
   * @param from where to go on; null, or a partition it does not name: at the end. Offsets that are
   *     no longer there: at the oldest record
   * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
   */
  DriftEventFeed(Mesh mesh, RecordDecoder<DriftEvent> decoder, @Nullable Positions from) {
    this.decoder = decoder;
    String topic = mesh.topics().driftEvents().name();
    Map<String, Object> config = new HashMap<>(mesh.kafka());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "query-stream-" + mesh.instanceId());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      this.partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      this.positions = seek(from);
    } catch (RuntimeException e) {
      consumer.close(Duration.ZERO);
      throw e;
    }
  }

  private Positions seek(@Nullable Positions from) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<Integer, Long> next = new TreeMap<>();
    for (TopicPartition partition : partitions) {
      Long end = ends.getOrDefault(partition, 0L);
      Long asked = from == null ? null : from.next().get(partition.partition());
      // Beyond the end: of another topic, or of one that was made anew.
      long at = asked == null || asked > end ? end : asked;
      consumer.seek(partition, at);
      next.put(partition.partition(), at);
    }
    return new Positions(next);
  }

  /** How far it has come. */
  Positions positions() {
    return positions;
  }

  /** The next events, none after a while without any. What is no event is passed over. */
  List<Heard> next(Duration patience) {
    List<Heard> heard = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      positions = positions.after(record.partition(), record.offset());
      if (decoder.decode(record.value()) instanceof Decoded.Value<DriftEvent> good) {
        heard.add(
            new Heard(good.record().getEventId(), record.partition(), record.offset(), positions));
      }
    }
    return heard;
  }

  @Override
  public void close() {
    consumer.close(Duration.ofSeconds(1));
  }

  /**
   * An event that was read.
   *
   * @param after positions once it was read
   */
  record Heard(String eventId, int partition, long offset, Positions after) {}
}
