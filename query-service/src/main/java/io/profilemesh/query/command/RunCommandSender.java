package io.profilemesh.query.command;

import io.profilemesh.query.start.Mesh;
import io.profilemesh.schema.EventHeaders;
import io.profilemesh.schema.RunCommand;
import io.profilemesh.schema.RunCommandKind;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes commands about runs. Safe for use by many threads; connects at the first command. */
@ApplicationScoped
public class RunCommandSender {

  private static final Logger LOGGER = Logger.getLogger(RunCommandSender.class);
  private static final int PATIENCE_MS = 5_000;

  private final Mesh mesh;
  private final AvroSerializer<RunCommand> serializer;
  private @Nullable Producer<byte[], byte[]> producer;

  @Inject
  RunCommandSender(Mesh mesh, SchemaRegistryClient registry) {
    this.mesh = mesh;
    this.serializer = new AvroSerializer<>(registry);
    serializer.configure(mesh.registry(), false);
  }

  /**
   * Orders that a run end; returns when the brokers have the order.
   *
   * @param datasetId one dataset of the run, or null for all
   * @param actor who asks
   * @param reason why, or null
   * @return whether the order was stored; false: broker or registry do not answer
   */
  public boolean cancel(
      UUID run, @Nullable String datasetId, String actor, @Nullable String reason) {
    RunCommand command =
        RunCommand.newBuilder()
            .setCommandId(UUID.randomUUID().toString())
            .setKind(RunCommandKind.CANCEL)
            .setRunId(run.toString())
            .setDatasetId(datasetId)
            .setActor(actor)
            .setReason(reason)
            .setIssuedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .build();
    try {
      producer().send(record(command)).get(PATIENCE_MS, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOGGER.warnf("A command about a run could not be written: %s", e.getMessage());
      return false;
    }
  }

  private ProducerRecord<byte[], byte[]> record(RunCommand command) {
    String topic = mesh.topics().runCommands().name();
    EventHeaders headers =
        EventHeaders.of(
            mesh.environment(),
            Mesh.SERVICE,
            command,
            command.getCommandId(),
            command.getIssuedAt(),
            null);
    return new ProducerRecord<>(
        topic,
        null,
        command.getRunId().getBytes(StandardCharsets.UTF_8),
        serializer.serialize(topic, command),
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
