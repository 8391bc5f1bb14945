package io.profilemesh.query;

import io.profilemesh.query.start.Mesh;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.RecordKeys;
import io.profilemesh.schema.RunCommand;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.Schedule;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.Severity;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.serde.AvroDeserializer;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.sink.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to the topics of a mesh as the other services would. */
public final class TopicFeed implements AutoCloseable {

  private final Mesh mesh;
  private final KafkaProducer<String, SpecificRecord> producer;

  public TopicFeed(Mesh mesh) {
    this.mesh = mesh;
    AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    serializer.configure(mesh.registry(), false);
    Map<String, Object> config = new HashMap<>(mesh.kafka());
    config.put("linger.ms", 0);
    this.producer = new KafkaProducer<>(config, new StringSerializer(), serializer);
  }

  public void wholeRun(Samples run, Severity severity) {
    send(run.event(RunEventType.ACCEPTED, 1, 0));
    send(run.event(RunEventType.STARTED, 1, 1));
    send(run.profile());
    send(run.event(RunEventType.COMPLETED, 1, 2));
    send(run.drift(severity, "null_percent"));
    send(run.drift(Severity.LOW, "mean"));
    send(run.verdict());
  }

  public void send(SpecificRecord record) {
    producer.send(new ProducerRecord<>(topic(record), RecordKeys.of(record).orElseThrow(), record));
    producer.flush();
  }

  /** Removes what a compacted topic has under a key. */
  public void remove(Topic topic, String key) {
    producer.send(new ProducerRecord<>(topic.name(), key, null));
    producer.flush();
  }

  /** Every command about a run so far. */
  public List<RunCommand> commands() {
    return read(mesh.topics().runCommands());
  }

  /** Every record of a topic so far, tombstones left out. */
  public <T extends SpecificRecord> List<T> read(Topic of) {
    Map<String, Object> config = new HashMap<>(mesh.kafka());
    AvroDeserializer<T> deserializer = new AvroDeserializer<>();
    deserializer.configure(mesh.registry(), false);
    String topic = of.name();
    try (KafkaConsumer<String, T> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), deserializer)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<T> commands = new ArrayList<>();
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  if (record.value() != null) {
                    commands.add(record.value());
                  }
                });
      }
      return commands;
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private String topic(SpecificRecord record) {
    if (record instanceof RunEvent) {
      return mesh.topics().runEvents().name();
    } else if (record instanceof TableProfile) {
      return mesh.topics().tableProfiles().name();
    } else if (record instanceof RunVerdict) {
      return mesh.topics().runVerdicts().name();
    } else if (record instanceof DriftEvent) {
      return mesh.topics().driftEvents().name();
    } else if (record instanceof Incident) {
      return mesh.topics().incidents().name();
    } else if (record instanceof DriftPolicy) {
      return mesh.topics().driftPolicies().name();
    } else if (record instanceof Schedule) {
      return mesh.topics().schedules().name();
    } else if (record instanceof ScheduleCommand) {
      return mesh.topics().scheduleCommands().name();
    }
    throw new IllegalArgumentException("no topic for " + record.getSchema().getName());
  }
}
