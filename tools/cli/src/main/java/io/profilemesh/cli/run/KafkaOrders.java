package io.profilemesh.cli.run;

import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends requests as Avro records. */
public final class KafkaOrders implements OrderSender {

  private final String topic;
  private final RecordSender<ProfileRequest> sender;
  private final InstantSource clock;

  public KafkaOrders(
      KafkaAddress address, Map<String, String> registryConfig, InstantSource clock) {
    this.topic = new Topics(address.topicPrefix()).profileRequests().name();
    this.sender = new RecordSender<>(address, registryConfig);
    this.clock = clock;
  }

  @Override
  public void send(List<ProfileOrder> orders) {
    Instant now = clock.instant();
    sender.send(
        orders.stream()
            .map(
                order ->
                    new ProducerRecord<>(topic, order.requestId(), RequestRecord.of(order, now)))
            .toList());
  }

  @Override
  public void close() {
    sender.close();
  }
}
