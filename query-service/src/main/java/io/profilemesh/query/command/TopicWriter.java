package io.profilemesh.query.command;

import io.profilemesh.query.start.Mesh;
import io.profilemesh.schema.EventHeaders;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes what people order to its topic. Safe for use by many threads; connects at the first order.
 */
@ApplicationScoped
public class TopicWriter {

  private static final Logger LOGGER = Logger.getLogger(TopicWriter.class);
  private static final int PATIENCE_MS = 5_000;

  private final Mesh mesh;
  private final AvroSerializer<SpecificRecord> serializer;
  private @Nullable Producer<byte[], byte[]> producer;

  @Inject
  TopicWriter(Mesh mesh, SchemaRegistryClient registry) {
    this.mesh = mesh;
    this.serializer = new AvroSerializer<>(registry);
    serializer.configure(mesh.registry(), false);
  }

  /** Where a record went. */
  public record Written(String topic, int partition, long offset) {}

  /**
   * Writes a record; returns when the brokers have it.
   *
   * @param record null: a tombstone
   * @param id identity of the record in its headers
   * @return where it is; empty when broker or registry do not answer
   */
  public Optional<Written> write(
      Topic topic, String key, @Nullable SpecificRecord record, String id, Instant when) {
    try {
      RecordMetadata at =
          producer()
              .send(producerRecord(topic, key, record, id, when))
              .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
      return Optional.of(new Written(at.topic(), at.partition(), at.offset()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOGGER.warnf("A record could not be written to %s: %s", topic.name(), e.getMessage());
      return Optional.empty();
    }
  }

  private ProducerRecord<byte[], byte[]> producerRecord(
      Topic topic, String key, @Nullable SpecificRecord record, String id, Instant when) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    if (record == null) {
      return new ProducerRecord<>(topic.name(), null, keyBytes, null, new RecordHeaders());
    }
    EventHeaders headers =
        EventHeaders.of(mesh.environment(), Mesh.SERVICE, record, id, when, null);
    return new ProducerRecord<>(
        topic.name(),
        null,
        keyBytes,
        serializer.serialize(topic.name(), record),
        headers.toHeaders());
  }

  private synchronized Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> current = producer;
    if (current == null) {
      Map<String, Object> config = new HashMap<>(mesh.kafka());
      config.put(ProducerConfig.CLIENT_ID_CONFIG, "query-commands-" + mesh.instanceId());
      config.put(ProducerConfig.ACKS_CONFIG, "all");
      config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
      config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
      config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2);
      config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
      config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES);
      current = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
      producer = current;
    }
    return current;
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
    }
  }
}
