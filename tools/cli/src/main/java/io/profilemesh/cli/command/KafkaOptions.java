package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.run.OrderSender;
import io.profilemesh.cli.run.ScheduleSender;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where requests go and where their runs are followed. */
final class KafkaOptions extends TopicOptions {

  @Option(
      names = {"--server", "--url"},
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
}
