package io.profilemesh.stack.containers;

import java.net.URI;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A schema registry that speaks Confluent's API. */
final class RegistryContainer extends GenericContainer<RegistryContainer> {

  private final int port;
  private final String path;

  private RegistryContainer(String image, int port, String path) {
    super(image);
    this.port = port;
    this.path = path;
    withExposedPorts(port);
    waitingFor(
        Wait.forHttp(path + "/subjects")
            .forPort(port)
            .forStatusCode(200)
            .withStartupTimeout(Duration.ofMinutes(3)));
  }

  static RegistryContainer of(Images images) {
    return images.isConfluentRegistry()
        ? confluent(images.registry())
        : apicurio(images.registry());
  }

  private static RegistryContainer apicurio(String image) {
    return new RegistryContainer(image, 8080, "/apis/ccompat/v7");
  }

  private static RegistryContainer confluent(String image) {
    return new RegistryContainer(image, 8081, "")
        .withEnv("SCHEMA_REGISTRY_HOST_NAME", "schema-registry")
        .withEnv("SCHEMA_REGISTRY_LISTENERS", "http://0.0.0.0:8081")
        .withEnv("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "PLAINTEXT://kafka:19092")
        .withEnv("SCHEMA_REGISTRY_KAFKASTORE_TOPIC_REPLICATION_FACTOR", "1");
  }

  /** Base address of the Confluent API, without final slash. */
  URI address() {
    return URI.create("http://" + getHost() + ":" + getMappedPort(port) + path);
  }
}
