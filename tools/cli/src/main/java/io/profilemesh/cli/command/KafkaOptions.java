package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.cli.run.OrderSender;
import io.profilemesh.cli.run.ScheduleSender;
import io.profilemesh.cli.topic.TopicTail;
import io.profilemesh.schema.Topic;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where requests go and where their runs are followed. */
final class KafkaOptions extends RegistryOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers (default: $KAFKA_BOOTSTRAP_SERVERS, else the local mesh's).")
  @Nullable String bootstrapServers;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Query service (default: $PROFILEMESH_URL, else the local mesh's).")
  @Nullable URI server;

  KafkaOptions(Session session) {
    super(session);
  }

  OrderSender sender() {
    return session().connections().orders(address());
  }

  ScheduleSender schedules() {
    return session().connections().schedules(address());
  }

  TopicTail tail(Topic topic) {
    return session().connections().tail(topic, address());
  }

  private KafkaAddress address() {
    return kafka(bootstrapServers, registryUrl, prefix());
  }
}
