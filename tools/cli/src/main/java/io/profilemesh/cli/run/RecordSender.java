package io.profilemesh.cli.run;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.schema.serde.AvroSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts what a person wants into a topic, as Avro, and waits until it is kept. */
final class RecordSender<R extends SpecificRecord> implements AutoCloseable {

  private static final int GIVE_UP_MS = 15_000;

  private final KafkaAddress address;
  private final KafkaProducer<String, R> producer;

  RecordSender(KafkaAddress address, Map<String, String> registryConfig) {
    this.address = address;
    AvroSerializer<R> serializer = new AvroSerializer<>();
    serializer.configure(registryConfig, false);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                address.bootstrapServers(),
                ProducerConfig.CLIENT_ID_CONFIG,
                "profilemesh-cli",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                GIVE_UP_MS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                GIVE_UP_MS / 3,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                GIVE_UP_MS),
            new StringSerializer(),
            serializer);
  }

  /**
   * Sends all, and returns when all are kept.
   *
   * @throws Failure when one could not be sent
   */
  void send(List<ProducerRecord<String, R>> records) {
    try {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (ProducerRecord<String, R> record : records) {
        sent.add(producer.send(record));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted", "", e);
    } catch (ExecutionException | RuntimeException e) {
      throw failure(e);
    }
  }

  private Failure failure(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return Failure.failed(
        "nothing could be sent to " + address.bootstrapServers() + ": " + cause.getMessage(),
        "Check that the mesh is up: profilemesh status. And that its schemas are registered:"
            + " profilemesh schemas check",
        e);
  }

  @Override
  public void close() {
    producer.close();
  }
}
