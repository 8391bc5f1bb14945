package io.profilemesh.stack.local;

import io.profilemesh.schema.Topics;
import io.profilemesh.stack.StackException;
import io.profilemesh.stack.process.ChildCommand;
import io.profilemesh.stack.process.ManagedProcess;
import io.profilemesh.stack.process.Ports;
import io.profilemesh.stack.process.ProcessLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One Kafka node that is broker and controller, with settings for a single machine. */
final class KafkaBroker {

  private static final Duration FORMAT_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(180);

  /** Room for the largest record of the mesh and the overhead of its batch. */
  private static final int MAX_MESSAGE_BYTES = 2 * Topics.MAX_MESSAGE_BYTES;

  private final Installation installation;
  private final DataDirectory data;
  private final Path directory;
  private final JavaCommand.ClassArchive archive;

  KafkaBroker(Installation installation, DataDirectory data) {
    this.installation = installation;
    this.data = data;
    this.directory = data.directory(Component.BROKER.key());
    this.archive = JavaCommand.ClassArchive.of(installation.cache(), Component.BROKER.key());
  }

  /** Starts without waiting; the first time, formats the storage. */
  ManagedProcess start(int port, int controllerPort) {
    write(
        directory.resolve("server.properties"),
        serverProperties(port, controllerPort, directory.resolve("data")));
    write(directory.resolve("logging.properties"), loggingProperties());
    format();
    ProcessLog log = data.log(Component.BROKER.key());
    return command(Component.BROKER.title(), "kafka.Kafka", List.of(serverFile())).start(log);
  }

  void awaitReady(ManagedProcess process, int port) {
    // The broker opens its port only when it has caught up with the metadata and is unfenced.
    process.awaitReady(
        () -> Ports.accepts(port) ? "" : "nothing listens on port " + port + " yet", START_TIMEOUT);
  }

  void stopped() {
    archive.publish();
  }

  private void format() {
    Path formatted = directory.resolve("formatted");
    if (Files.exists(formatted)) {
      return;
    }
    // Half a format of an interrupted start would be refused.
    Directories.delete(directory.resolve("data"));
    ProcessLog log = data.log("broker-format");
    List<String> arguments = List.of("format", "-t", randomClusterId(), "-c", serverFile());
    ManagedProcess format =
        command("Kafka storage format", "kafka.tools.StorageTool", arguments).start(log);
    boolean ended = format.awaitExit(FORMAT_TIMEOUT);
    if (!ended || !Files.exists(directory.resolve("data").resolve("meta.properties"))) {
      throw new StackException(
          "The storage of the Kafka broker could not be prepared. It said last:\n  "
              + String.join("\n  ", log.tail(10)),
          "The whole log is " + log.file() + ".");
    }
    write(formatted, "");
  }

  private ChildCommand command(String title, String mainClass, List<String> arguments) {
    JavaCommand java =
        new JavaCommand(data.mark())
            .heapMegabytes(384)
            .temporaryFiles(data.temporary(Component.BROKER.key()))
            .property("java.util.logging.config.file", directory.resolve("logging.properties"));
    if (mainClass.equals("kafka.Kafka")) {
      java.sharedClasses(archive);
    } else {
      java.quickCompiler();
    }
    java.add("-cp", installation.brokerClassPath(), mainClass);
    arguments.forEach(java::add);
    return new ChildCommand(title, java.arguments(), Map.of(), directory);
  }

  private String serverFile() {
    return directory.resolve("server.properties").toString();
  }

  private static String randomClusterId() {
    UUID id = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    // Kafka's tools take a leading dash for an option.
    return text.startsWith("-") ? "A" + text.substring(1) : text;
  }

  static String serverProperties(int port, int controllerPort, Path storage) {
    return """
    process.roles=broker,controller
    node.id=1
    # The voter is named here and not in the storage: the port may change between starts.
    controller.quorum.voters=1@127.0.0.1:%2$d
    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
    controller.listener.names=CONTROLLER
    inter.broker.listener.name=PLAINTEXT
    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
    log.dirs=%3$s
    auto.create.topics.enable=false
    message.max.bytes=%4$d
    replica.fetch.max.bytes=%4$d
    num.network.threads=2
    num.io.threads=4
    default.replication.factor=1
    min.insync.replicas=1
    offsets.topic.replication.factor=1
    offsets.topic.num.partitions=10
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    transaction.state.log.num.partitions=10
    share.coordinator.state.topic.replication.factor=1
    share.coordinator.state.topic.min.isr=1
    share.coordinator.state.topic.num.partitions=2
    group.initial.rebalance.delay.ms=0
    # A killed broker may come back only when its former self is given up.
    broker.session.timeout.ms=4000
    broker.heartbeat.interval.ms=500
    log.segment.bytes=67108864
    """
        .formatted(port, controllerPort, escaped(storage), MAX_MESSAGE_BYTES);
  }

  /** As a properties file wants it. */
  private static String escaped(Path path) {
    return path.toString().replace("\\", "\\\\");
  }

  private static String loggingProperties() {
    return """
    handlers=java.util.logging.ConsoleHandler
    .level=WARNING
    java.util.logging.ConsoleHandler.level=ALL
    java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
    java.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n
    kafka.server.level=INFO
    org.apache.kafka.server.level=INFO
    """;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
