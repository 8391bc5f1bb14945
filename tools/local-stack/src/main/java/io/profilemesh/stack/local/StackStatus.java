package io.profilemesh.stack.local;

import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.process.ProcessId;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What is known from outside about the stack of a data directory; reads, changes nothing. */
public final class StackStatus {

  private final DataDirectory data;
  private final StackState state;

  private StackStatus(DataDirectory data, StackState state) {
    this.data = data;
    this.state = state;
  }

  /** The status as it is now; all down when there never was a stack. */
  public static StackStatus of(DataDirectory data) {
    return new StackStatus(data, new StateFile(data.stateFile()).read());
  }

  /** Process ids by name, in the order of starting; empty where the process is gone. */
  public Map<String, OptionalLong> processes() {
    Map<String, OptionalLong> all = new LinkedHashMap<>();
    state.processes().forEach((key, id) -> all.put(key, pidIfAlive(id)));
    return all;
  }

  private static OptionalLong pidIfAlive(ProcessId id) {
    return id.find().isPresent() ? OptionalLong.of(id.pid()) : OptionalLong.empty();
  }

  /** Whether broker and PostgreSQL run, and the registry if it is ours. */
  public boolean isRunning() {
    return isAlive(Component.POSTGRES.key())
        && isAlive(Component.BROKER.key())
        && (!state.processes().containsKey(Component.REGISTRY.key())
            || isAlive(Component.REGISTRY.key()));
  }

  /** Whether the first instance of a service runs. */
  public boolean isRunning(Service service) {
    return isAlive(new ServiceInstance(service, 1).key(""));
  }

  private boolean isAlive(String key) {
    ProcessId id = state.processes().get(key);
    return id != null && id.find().isPresent();
  }

  /** The process that stops the stack when it ends, if it lives. */
  public Optional<ProcessHandle> launcher() {
    return Optional.ofNullable(state.launcher()).flatMap(ProcessId::find);
  }

  /** {@code host:port}, empty before the first start. */
  public Optional<String> bootstrapServers() {
    return port("broker").map(port -> "127.0.0.1:" + port);
  }

  /** Empty before the first start. */
  public Optional<URI> schemaRegistryUrl() {
    return Optional.ofNullable(state.registryUrl()).map(URI::create);
  }

  /** Base address of the first instance of a service, empty before its first start. */
  public Optional<URI> url(Service service) {
    return port(new ServiceInstance(service, 1).key(""))
        .map(port -> URI.create("http://127.0.0.1:" + port));
  }

  /** The maintenance database as superuser, empty before the first start. */
  public Optional<PostgresEndpoint> postgres() {
    return endpoint("postgres", PostgresServer.SUPERUSER, PostgresServer.PASSWORD);
  }

  /** A database as the role that owns it and was created with it. */
  public Optional<PostgresEndpoint> database(String name, String owner) {
    return endpoint(name, owner, Secrets.ofRole(owner));
  }

  private Optional<PostgresEndpoint> endpoint(String database, String user, String secret) {
    Secrets secrets = new Secrets(data);
    if (!Files.exists(secrets.file(secret))) {
      return Optional.empty();
    }
    return port("postgres")
        .map(port -> new PostgresEndpoint("127.0.0.1", port, database, user, secrets.get(secret)));
  }

  private Optional<Integer> port(String name) {
    int port = state.port(name);
    return port == 0 ? Optional.empty() : Optional.of(port);
  }
}
