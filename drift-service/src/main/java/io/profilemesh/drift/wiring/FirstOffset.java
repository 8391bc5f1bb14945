package io.profilemesh.drift.wiring;

import io.profilemesh.drift.processor.TakePolicy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Takes offset 0 of the policies: version 0 is the built-in ones, so the first policy must not have
 * it. Instances that start together may take two offsets; nothing depends on there being one.
 */
final class FirstOffset {

  private static final int PATIENCE_MS = 30_000;

  private FirstOffset() {}

  /**
   * Writes a tombstone for a policy that never is, when the topic is empty.
   *
   * @throws KafkaException when the brokers do not answer
   */
  static void take(Admin admin, DriftSettings settings) {
    TopicPartition partition = new TopicPartition(settings.topics().driftPolicies().name(), 0);
    try {
      long end =
          admin
              .listOffsets(Map.of(partition, OffsetSpec.latest()))
              .partitionResult(partition)
              .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
              .offset();
      if (end == 0) {
        write(settings, partition.topic());
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the topic of policies does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted at the topic of policies", e);
    }
  }

  private static void write(DriftSettings settings, String topic)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<String, Object> config = new HashMap<>(settings.kafka());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] key = TakePolicy.MARKER.getBytes(StandardCharsets.UTF_8);
      producer
          .send(new ProducerRecord<>(topic, 0, key, null))
          .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }
  }
}
