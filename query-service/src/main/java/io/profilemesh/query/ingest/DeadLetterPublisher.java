package io.profilemesh.query.ingest;

import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DeadLetters;
import io.profilemesh.schema.EventHeaders;
import io.profilemesh.schema.RecordCoordinates;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.sink.store.DeadLetterOutlet;
import io.profilemesh.sink.store.Refused;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes dead letters to their topic, exactly one per record.
 *
 * <p>The rows of a batch and its position are one database transaction, which Kafka takes no part
 * in. So Kafka remembers on its own how far dead letters have been written: they and a mark — the
 * offset that a group of its own commits for the partition — are one Kafka transaction, which ends
 * before the database's does. After a crash between the two, the batch comes again, and what lies
 * before the mark is known to have been reported. The transactional id belongs to the partition, so
 * taking it cuts off a former owner before the mark is read. Refused records are rare: the producer
 * lives for one batch of them, and there is no outbox to empty and nothing to keep alive.
 */
final class DeadLetterPublisher implements DeadLetterOutlet {

  private static final int TIMEOUT_SECONDS = 15;

  private final String environment;
  private final String service;
  private final String topic;
  private final String group;
  private final Map<String, Object> clientConfig;
  private final AvroSerializer<DeadLetter> serializer;

  /**
   * A publisher.
   *
   * @param environment environment of the mesh
   * @param service service in whose name records are refused
   * @param topic topic of the dead letters
   * @param group consumer group that keeps the marks
   * @param clientConfig how to reach the brokers
   * @param serializer writes dead letters
   */
  DeadLetterPublisher(
      String environment,
      String service,
      String topic,
      String group,
      Map<String, Object> clientConfig,
      AvroSerializer<DeadLetter> serializer) {
    this.environment = environment;
    this.service = service;
    this.topic = topic;
    this.group = group;
    this.clientConfig = Map.copyOf(clientConfig);
    this.serializer = serializer;
  }

  @Override
  public void publish(TopicPartition partition, List<Refused> refused, long nextOffset) {
    try (Producer<byte[], byte[]> producer = producer(partition)) {
      producer.initTransactions();
      long mark = mark(partition);
      List<Refused> unreported =
          refused.stream().filter(one -> one.record().offset() >= mark).toList();
      if (unreported.isEmpty()) {
        return;
      }
      producer.beginTransaction();
      unreported.forEach(one -> producer.send(letter(one)));
      producer.sendOffsetsToTransaction(
          Map.of(partition, new OffsetAndMetadata(nextOffset)), new ConsumerGroupMetadata(group));
      producer.commitTransaction();
    }
  }

  private ProducerRecord<byte[], byte[]> letter(Refused refused) {
    ConsumerRecord<byte[], byte[]> record = refused.record();
    DeadLetter letter =
        DeadLetters.of(
            environment,
            service,
            RecordCoordinates.of(record),
            refused.refusal().code(),
            refused.refusal().message(),
            refused.schemaId());
    Instant time =
        record.timestamp() < 0 ? Instant.EPOCH : Instant.ofEpochMilli(record.timestamp());
    EventHeaders headers =
        EventHeaders.of(environment, service, letter, letter.getDeadLetterId(), time, null);
    return new ProducerRecord<>(
        topic, null, record.key(), serializer.serialize(topic, letter), headers.toHeaders());
  }

  private long mark(TopicPartition partition) {
    try (Admin admin = Admin.create(clientConfig)) {
      OffsetAndMetadata offset =
          admin
              .listConsumerGroupOffsets(
                  group, new ListConsumerGroupOffsetsOptions().requireStable(true))
              .partitionsToOffsetAndMetadata()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .get(partition);
      return offset == null ? 0 : offset.offset();
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("how far dead letters were written could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while reading how far dead letters were written", e);
    }
  }

  private Producer<byte[], byte[]> producer(TopicPartition partition) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    int millis = TIMEOUT_SECONDS * 1000;
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + '.' + partition);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis);
    Serializer<byte[]> bytes = new ByteArraySerializer();
    return new KafkaProducer<>(config, bytes, bytes);
  }
}
