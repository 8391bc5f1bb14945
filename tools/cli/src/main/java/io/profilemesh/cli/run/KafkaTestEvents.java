package io.profilemesh.cli.run;

import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.EventHeaders;
import io.profilemesh.schema.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends drift events that are tests as Avro records. */
public final class KafkaTestEvents implements TestEventSender {

  private final String topic;
  private final RecordSender<DriftEvent> sender;

  /**
   * @param registryConfig Confluent's configuration keys
   */
  public KafkaTestEvents(KafkaAddress address, Map<String, String> registryConfig) {
    this.topic = new Topics(address.topicPrefix()).driftEvents().name();
    this.sender = new RecordSender<>(address, registryConfig);
  }

  @Override
  public void send(DriftEvent event) {
    if (!event.getTest()) {
      throw new IllegalArgumentException("only the drift service says that something drifted");
    }
    EventHeaders headers =
        EventHeaders.of(
            event.getEnvironment(), "cli", event, event.getEventId(), event.getProfiledAt(), null);
    sender.send(
        List.of(
            new ProducerRecord<>(
                topic, null, null, event.getDatasetId(), event, headers.toHeaders())));
  }

  @Override
  public void close() {
    sender.close();
  }
}
