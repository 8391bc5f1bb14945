package io.profilemesh.stack.local;

import io.profilemesh.stack.Stack;
import io.profilemesh.stack.StackProgress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Gathers how a mesh is to run, then starts it. */
public final class MeshOptions {

  final Stack stack;
  final Set<Service> services = EnumSet.allOf(Service.class);
  final Map<Service, Integer> instances = new EnumMap<>(Service.class);
  final Map<String, String> environment = new HashMap<>();
  final Map<Service, Map<String, String>> ownEnvironment = new EnumMap<>(Service.class);
  final Map<Service, List<String>> javaOptions = new EnumMap<>(Service.class);
  final Map<String, Integer> ports = new HashMap<>();
  final List<Preparation> preparations = new ArrayList<>();
  String name = "";
  String metadataDatabase = "profilemesh";
  StackProgress progress = StackProgress.silent();

  MeshOptions(Stack stack) {
    this.stack = stack;
  }

  /** Tells meshes on one stack apart: part of the names of directories, logs and ports. */
  public MeshOptions named(String newName) {
    name = newName;
    return this;
  }

  /** Runs these services and no others. */
  public MeshOptions only(Service first, Service... others) {
    services.clear();
    services.addAll(EnumSet.of(first, others));
    return this;
  }

  /** Runs several processes of a service. */
  public MeshOptions instances(Service service, int count) {
    instances.put(service, count);
    return this;
  }

  /** Sets an environment variable of all services. */
  public MeshOptions environment(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Sets an environment variable of one service. */
  public MeshOptions environment(Service service, String variable, String value) {
    ownEnvironment.computeIfAbsent(service, s -> new HashMap<>()).put(variable, value);
    return this;
  }

  /** Adds options for the JVM of a service, such as {@code -Xmx1g}; later ones win. */
  public MeshOptions javaOptions(Service service, String... options) {
    javaOptions.computeIfAbsent(service, s -> new ArrayList<>()).addAll(List.of(options));
    return this;
  }

  /** Wants a certain port for the first instance of a service. */
  public MeshOptions port(Service service, int port) {
    ports.put(new ServiceInstance(service, 1).key(name), port);
    return this;
  }

  /** Keeps the metadata tables in this database instead of {@code profilemesh}. */
  public MeshOptions metadataDatabase(String database) {
    metadataDatabase = database;
    return this;
  }

  /** Does something, such as migrations, after the stack serves and before the services start. */
  public MeshOptions prepare(String title, Consumer<Mesh> action) {
    preparations.add(new Preparation(title, action));
    return this;
  }

  public MeshOptions progress(StackProgress newProgress) {
    progress = newProgress;
    return this;
  }

  /** Registers schemas, prepares, starts the services and waits until they are ready. */
  public Mesh start() {
    return Mesh.start(this);
  }

  record Preparation(String title, Consumer<Mesh> action) {}
}
