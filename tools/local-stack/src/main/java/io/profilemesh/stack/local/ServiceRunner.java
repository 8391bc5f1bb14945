package io.profilemesh.stack.local;

import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.StackException;
import io.profilemesh.stack.process.ChildCommand;
import io.profilemesh.stack.process.HttpReadiness;
import io.profilemesh.stack.process.ManagedProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts and stops single processes of services. */
final class ServiceRunner implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(180);
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final MeshOptions options;
  private final PostgresEndpoint metadata;
  private final Installation installation;
  private final ServiceHost host;

  private ServiceRunner(
      MeshOptions options, PostgresEndpoint metadata, Installation installation, ServiceHost host) {
    this.options = options;
    this.metadata = metadata;
    this.installation = installation;
    this.host = host;
  }

  static ServiceRunner of(MeshOptions options, PostgresEndpoint metadata) {
    ServiceHost host = ServiceHost.of(options.stack);
    return new ServiceRunner(options, metadata, host.installation(), host);
  }

  /** Runs the action when the stack is closed first. */
  void beforeStackCloses(Runnable action) {
    host.beforeStackCloses(action);
  }

  /** Starts without waiting. */
  ManagedProcess start(ServiceInstance instance) {
    String key = instance.key(options.name);
    int port = host.table().port(key, options.ports);
    Path directory = host.data().directory("services/" + key);
    JavaCommand java =
        new JavaCommand(host.data().mark())
            .heapMegabytes(512)
            .temporaryFiles(host.data().temporary("services/" + key))
            // Else a large machine gives each service a large heap to begin with.
            .add("-Xms64m")
            .add("--enable-native-access=ALL-UNNAMED")
            .addAll(options.javaOptions.getOrDefault(instance.service(), List.of()))
            .add("-jar", installation.serviceJar(instance.service()).toString());
    ChildCommand command =
        new ChildCommand(
            instance.title(), java.arguments(), environment(instance, port, directory), directory);
    return host.table().start(key, () -> command.start(host.data().log(key)));
  }

  void awaitReady(ServiceInstance instance, ManagedProcess process) {
    URI health = URI.create(url(instance) + "/q/health/ready");
    process.awaitReady(new HttpReadiness(health, HealthReport::describe), START_TIMEOUT);
  }

  void stop(ManagedProcess process) {
    process.stop(GRACE);
  }

  void ended(ServiceInstance instance) {
    host.table().ended(instance.key(options.name));
  }

  URI url(ServiceInstance instance) {
    int port = host.table().state().port(instance.key(options.name));
    if (port == 0) {
      throw new StackException(
          instance.title() + " was never started.", "Start it, then ask for its address.");
    }
    return URI.create("http://127.0.0.1:" + port);
  }

  private Map<String, String> environment(ServiceInstance instance, int port, Path directory) {
    Map<String, String> all = new HashMap<>();
    all.put("KAFKA_BOOTSTRAP_SERVERS", options.stack.bootstrapServers());
    all.put("PROFILEMESH_SCHEMA_REGISTRY_URL", options.stack.schemaRegistryUrl().toString());
    all.put("PROFILEMESH_TOPICS_REPLICATION_FACTOR", "1");
    all.put("PROFILEMESH_INSTANCE_ID", instance.key(options.name));
    all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    all.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    // Read by people here, not by a log collector.
    all.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
    all.putAll(environmentOf(instance.service(), directory));
    all.putAll(options.environment);
    all.putAll(options.ownEnvironment.getOrDefault(instance.service(), Map.of()));
    return all;
  }

  private Map<String, String> environmentOf(Service service, Path directory) {
    return switch (service) {
      case PROFILER -> Map.of("PROFILEMESH_HASH_KEY_FILE", host.secretFile("hash-key").toString());
      case DRIFT -> Map.of("PROFILEMESH_STATE_DIR", directory.resolve("state").toString());
      case QUERY ->
          Map.of(
              "PROFILEMESH_METADATA_JDBC_URL", metadata.jdbcUrl(),
              "PROFILEMESH_METADATA_USERNAME", metadata.username(),
              "PROFILEMESH_METADATA_PASSWORD", metadata.password());
    };
  }

  @Override
  public void close() {
    host.close();
  }
}
