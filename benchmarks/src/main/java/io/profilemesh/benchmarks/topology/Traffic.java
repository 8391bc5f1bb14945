package io.profilemesh.benchmarks.topology;

import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Profiles on their way to one application, and how far it has come. */
final class Traffic implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final int LOOK_MILLIS = 5;

  private final String topic;
  private final String group;
  private final Admin admin;
  private final AvroSerializer<SpecificRecord> serializer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private long bytes;
  private long records;

  /**
   * Registers schemas of the topics; the topics themselves are the application's to make.
   *
   * @param group consumer group of the application
   */
  Traffic(Stack stack, Topics topics, String group) {
    this.topic = topics.tableProfiles().name();
    this.group = group;
    SchemaRegistryClient registry =
        SchemaRegistryClient.of(
            Map.of("schema.registry.url", stack.schemaRegistryUrl().toString()));
    SchemaRegistration.register(registry, topics.all());
    this.serializer = new AvroSerializer<>(registry);
    this.admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "transactional.id",
                topics.prefix() + "benchmark",
                "max.request.size",
                Topics.MAX_MESSAGE_BYTES,
                "batch.size",
                1 << 18,
                "linger.ms",
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  Admin admin() {
    return admin;
  }

  /** Begins a batch, which nobody reads before {@link #commit}. */
  void begin() {
    producer.beginTransaction();
  }

  void send(TableProfile record) {
    byte[] value = serializer.serialize(topic, record);
    if (value == null) {
      throw new IllegalStateException("a profile is written as bytes");
    }
    bytes += value.length;
    records++;
    producer.send(
        new ProducerRecord<>(topic, record.getDatasetId().getBytes(StandardCharsets.UTF_8), value),
        (metadata, failure) -> {
          if (failure == null) {
            synchronized (ends) {
              ends.merge(
                  new TopicPartition(metadata.topic(), metadata.partition()),
                  metadata.offset() + 1,
                  Math::max);
            }
          }
        });
  }

  /** Ends the batch; returns the instant from which it could be read, in nanoseconds. */
  long commit() {
    producer.flush();
    long start = System.nanoTime();
    producer.commitTransaction();
    return start;
  }

  /** Returns when the application has committed everything that was sent; the seconds since. */
  double awaitDone(long start) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isDone()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(group + " did not read its records within 15 minutes");
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private boolean isDone() throws InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      synchronized (ends) {
        return ends.entrySet().stream()
            .allMatch(
                end -> {
                  OffsetAndMetadata offset = committed.get(end.getKey());
                  return offset != null && offset.offset() >= end.getValue();
                });
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not tell how far " + group + " is", e);
    }
  }

  /** Bytes of a record sent, on average. */
  long bytesPerRecord() {
    return records == 0 ? 0 : bytes / records;
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
