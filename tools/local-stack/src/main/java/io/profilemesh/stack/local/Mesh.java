package io.profilemesh.stack.local;

import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.process.ManagedProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The services of the mesh as processes on a stack.
 *
 * <p>Safe for several threads. Closing stops the services and leaves the stack running.
 */
public final class Mesh implements AutoCloseable {

  private final MeshOptions options;
  private final ServiceRunner runner;
  private final PostgresEndpoint metadata;
  private final Map<ServiceInstance, ManagedProcess> processes = new LinkedHashMap<>();

  private Mesh(MeshOptions options) {
    this.options = options;
    this.metadata =
        options.stack.createDatabase(options.metadataDatabase, options.metadataDatabase);
    this.runner = ServiceRunner.of(options, metadata);
  }

  /** A mesh on a running stack; nothing starts yet. */
  public static MeshOptions on(Stack stack) {
    return new MeshOptions(stack);
  }

  static Mesh start(MeshOptions options) {
    Mesh mesh = new Mesh(options);
    mesh.runner.beforeStackCloses(mesh::close);
    try {
      options.progress.step("schemas", mesh::registerSchemas);
      for (MeshOptions.Preparation step : options.preparations) {
        options.progress.step(step.title(), () -> step.action().accept(mesh));
      }
      mesh.startServices();
    } catch (RuntimeException e) {
      mesh.close();
      throw e;
    }
    return mesh;
  }

  private void registerSchemas() {
    Map<String, String> config = Map.of("schema.registry.url", schemaRegistryUrl().toString());
    SchemaRegistration.register(SchemaRegistryClient.of(config), topics().all());
  }

  private void startServices() {
    List<ServiceInstance> all = new ArrayList<>();
    for (Service service : options.services) {
      for (int number = 1; number <= options.instances.getOrDefault(service, 1); number++) {
        all.add(new ServiceInstance(service, number));
      }
    }
    // All at once: their start is mostly waiting for each other and for the broker.
    all.forEach(this::launch);
    all.forEach(instance -> options.progress.step(instance.title(), () -> awaitReady(instance)));
  }

  private void launch(ServiceInstance instance) {
    synchronized (processes) {
      ManagedProcess former = processes.get(instance);
      if (former != null && former.isAlive()) {
        throw new IllegalStateException(instance.title() + " runs already");
      }
      processes.put(instance, runner.start(instance));
    }
  }

  private void awaitReady(ServiceInstance instance) {
    runner.awaitReady(instance, process(instance));
  }

  private ManagedProcess process(ServiceInstance instance) {
    synchronized (processes) {
      ManagedProcess process = processes.get(instance);
      if (process == null) {
        throw new IllegalStateException(instance.title() + " was never started");
      }
      return process;
    }
  }

  /** The stack under the mesh. */
  public Stack stack() {
    return options.stack;
  }

  /** The names of the topics of this mesh. */
  public Topics topics() {
    String prefix = options.environment.get("PROFILEMESH_TOPIC_PREFIX");
    return new Topics(prefix == null ? Topics.DEFAULT_PREFIX : prefix);
  }

  public URI schemaRegistryUrl() {
    return options.stack.schemaRegistryUrl();
  }

  /** The database of the metadata tables, as its owner. */
  public PostgresEndpoint metadata() {
    return metadata;
  }

  /** Base address of the first instance of a service, without final slash. */
  public URI url(Service service) {
    return url(service, 1);
  }

  /**
   * @param number of the instance, from 1
   */
  public URI url(Service service, int number) {
    return runner.url(new ServiceInstance(service, number));
  }

  /** The file with what the first instance of a service logs. */
  public Path log(Service service) {
    return process(new ServiceInstance(service, 1)).log().file();
  }

  /** The process id of the first instance, empty when it does not run. */
  public OptionalLong pid(Service service) {
    ManagedProcess process = process(new ServiceInstance(service, 1));
    return process.isAlive() ? OptionalLong.of(process.handle().pid()) : OptionalLong.empty();
  }

  /** Ends the first instance of a service at once (SIGKILL) and returns when it is gone. */
  public void kill(Service service) {
    kill(service, 1);
  }

  /**
   * @param number of the instance, from 1
   */
  public void kill(Service service, int number) {
    ServiceInstance instance = new ServiceInstance(service, number);
    process(instance).kill();
    runner.ended(instance);
  }

  /** Stops the first instance of a service in an orderly way and returns when it is gone. */
  public void stop(Service service) {
    ServiceInstance instance = new ServiceInstance(service, 1);
    runner.stop(process(instance));
    runner.ended(instance);
  }

  /** Starts the first instance of a service and waits until it is ready. */
  public void start(Service service) {
    start(service, 1);
  }

  /**
   * @param number of the instance, from 1; it need not have run before
   */
  public void start(Service service, int number) {
    launch(service, number);
    awaitReady(new ServiceInstance(service, number));
  }

  /** Starts an instance of a service and does not wait. */
  public void launch(Service service, int number) {
    launch(new ServiceInstance(service, number));
  }

  /** Waits until an instance that was launched is ready. */
  public void awaitReady(Service service, int number) {
    awaitReady(new ServiceInstance(service, number));
  }

  @Override
  public void close() {
    Map<ServiceInstance, ManagedProcess> running;
    synchronized (processes) {
      running = new LinkedHashMap<>(processes);
      processes.clear();
    }
    // All are asked first, so that they end side by side.
    running.values().forEach(process -> process.handle().destroy());
    running.forEach(
        (instance, process) -> {
          runner.stop(process);
          runner.ended(instance);
        });
    runner.close();
  }
}
