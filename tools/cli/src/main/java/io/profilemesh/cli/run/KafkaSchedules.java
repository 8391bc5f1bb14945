package io.profilemesh.cli.run;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.ScheduleCommandKind;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends instructions as Avro records. */
public final class KafkaSchedules implements ScheduleSender {

  private static final int GIVE_UP_MS = 15_000;

  private final KafkaAddress address;
  private final KafkaProducer<String, ScheduleCommand> producer;
  private final InstantSource clock;

  public KafkaSchedules(
      KafkaAddress address, Map<String, String> registryConfig, InstantSource clock) {
    this.address = address;
    this.clock = clock;
    AvroSerializer<ScheduleCommand> serializer = new AvroSerializer<>();
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

  @Override
  public void send(String pipeline, boolean pause, String actor, @Nullable String reason) {
    ScheduleCommand command =
        ScheduleCommand.newBuilder()
            .setCommandId(UUID.randomUUID().toString())
            .setKind(pause ? ScheduleCommandKind.PAUSE : ScheduleCommandKind.RESUME)
            .setPipeline(pipeline)
            .setActor(actor)
            .setReason(reason)
            .setIssuedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .build();
    String topic = new Topics(address.topicPrefix()).scheduleCommands().name();
    try {
      producer.send(new ProducerRecord<>(topic, pipeline, command)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted", "", e);
    } catch (ExecutionException | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw Failure.failed(
          "the instruction could not be sent to "
              + address.bootstrapServers()
              + ": "
              + cause.getMessage(),
          "Check that the mesh is up: profilemesh status. And that its schemas are registered:"
              + " profilemesh schemas check",
          e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
