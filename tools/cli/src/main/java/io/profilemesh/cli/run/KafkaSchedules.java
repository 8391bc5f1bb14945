package io.profilemesh.cli.run;

import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.ScheduleCommandKind;
import io.profilemesh.schema.Topics;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends instructions as Avro records. */
public final class KafkaSchedules implements ScheduleSender {

  private final String topic;
  private final RecordSender<ScheduleCommand> sender;
  private final InstantSource clock;

  public KafkaSchedules(
      KafkaAddress address, Map<String, String> registryConfig, InstantSource clock) {
    this.topic = new Topics(address.topicPrefix()).scheduleCommands().name();
    this.sender = new RecordSender<>(address, registryConfig);
    this.clock = clock;
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
    sender.send(List.of(new ProducerRecord<>(topic, pipeline, command)));
  }

  @Override
  public void close() {
    sender.close();
  }
}
