package io.profilemesh.stack.containers;

import io.profilemesh.schema.Topics;
import io.profilemesh.stack.Databases;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.StackException;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The stack in three containers; they end with this JVM. */
final class ContainerStack implements Stack {

  private static final String KAFKA_IN_NETWORK = "kafka:19092";

  private final Network network = Network.newNetwork();
  private final KafkaContainer kafka;
  private final PostgreSQLContainer postgres;
  private final RegistryContainer registry;
  private final Map<String, String> passwords = new ConcurrentHashMap<>();

  private ContainerStack(Images images) {
    this.kafka = kafka(images.kafka());
    this.postgres = postgres(images.postgres());
    this.registry = RegistryContainer.of(images);
    kafka.withNetwork(network).withListener(KAFKA_IN_NETWORK);
    registry.withNetwork(network);
  }

  static ContainerStack start(Images images) {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new StackException(
          "No Docker engine answers.",
          "Start one, or run the tests without -Dstack=containers: then no engine is needed.");
    }
    ContainerStack stack = new ContainerStack(images);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::stop, "profilemesh-stop"));
    Startables.deepStart(stack.kafka, stack.postgres).join();
    // Confluent's registry keeps its schemas in Kafka.
    stack.registry.start();
    return stack;
  }

  private static KafkaContainer kafka(String image) {
    DockerImageName name = DockerImageName.parse(image).asCompatibleSubstituteFor("apache/kafka");
    return new KafkaContainer(name)
        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
        .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
        .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "10")
        .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "10")
        .withEnv("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(2 * Topics.MAX_MESSAGE_BYTES));
  }

  private static PostgreSQLContainer postgres(String image) {
    DockerImageName name = DockerImageName.parse(image).asCompatibleSubstituteFor("postgres");
    return new PostgreSQLContainer(name)
        .withDatabaseName("postgres")
        .withUsername("postgres")
        .withPassword(UUID.randomUUID().toString())
        .withCommand("postgres", "-c", "wal_level=logical", "-c", "fsync=off");
  }

  @Override
  public String bootstrapServers() {
    return kafka.getBootstrapServers();
  }

  @Override
  public URI schemaRegistryUrl() {
    return registry.address();
  }

  @Override
  public PostgresEndpoint postgres() {
    return new PostgresEndpoint(
        postgres.getHost(),
        postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
        postgres.getDatabaseName(),
        postgres.getUsername(),
        postgres.getPassword());
  }

  @Override
  public PostgresEndpoint createDatabase(String name) {
    return new Databases(postgres()).create(name);
  }

  @Override
  public PostgresEndpoint createDatabase(String name, String owner) {
    String password = passwords.computeIfAbsent(owner, key -> UUID.randomUUID().toString());
    return new Databases(postgres()).create(name, owner, password);
  }

  @Override
  public void close() {
    // Others use it too: it ends with the JVM.
  }

  private void stop() {
    Stream.of(registry, kafka, postgres).forEach(GenericContainer::stop);
    network.close();
  }
}
