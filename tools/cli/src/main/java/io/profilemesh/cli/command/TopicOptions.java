package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.cli.letter.DeadLetterDesk;
import io.profilemesh.cli.run.TestEventSender;
import io.profilemesh.cli.topic.TopicTail;
import io.profilemesh.schema.Topic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the topics are. */
class TopicOptions extends RegistryOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers (default: $KAFKA_BOOTSTRAP_SERVERS, else the local mesh's).")
  @Nullable String bootstrapServers;

  TopicOptions(Session session) {
    super(session);
  }

  TopicTail tail(Topic topic) {
    return session().connections().tail(topic, address());
  }

  TestEventSender testEvents() {
    return session().connections().testEvents(address());
  }

  DeadLetterDesk deadLetters() {
    return session().connections().deadLetters(address());
  }

  final KafkaAddress address() {
    return kafka(bootstrapServers, registryUrl, prefix());
  }
}
