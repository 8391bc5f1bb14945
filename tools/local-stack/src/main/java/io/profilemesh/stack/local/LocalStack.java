package io.profilemesh.stack.local;

import io.profilemesh.stack.Databases;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.StackProgress;
import io.profilemesh.stack.process.ManagedProcess;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stack as child processes on loopback.
 *
 * <p>Names of ports: {@code postgres}, {@code broker}, {@code controller}, {@code registry}, {@code
 * registry-management}. The stack is stopped when it is closed and when this JVM ends, unless it
 * was {@linkplain #detach detached}; after a violent end the next start on the same data directory
 * stops what is left.
 */
public final class LocalStack implements Stack {

  private static final Duration GRACE = Duration.ofSeconds(15);

  private final LocalStackOptions options;
  private final ProcessTable table;
  private final Secrets secrets;
  private final PostgresServer postgres;
  private final KafkaBroker broker;
  private final @Nullable SchemaRegistry registry;
  private final Map<Component, ManagedProcess> processes = new EnumMap<>(Component.class);
  private final Deque<Runnable> dependents = new ConcurrentLinkedDeque<>();
  private final Thread hook = new Thread(this::close, "profilemesh-stop");
  private boolean closed;

  private LocalStack(LocalStackOptions options, ProcessTable table) {
    this.options = options;
    this.table = table;
    this.secrets = new Secrets(options.data());
    Installation installation = options.installation();
    this.postgres = new PostgresServer(installation, options.data(), secrets, options.durable());
    this.broker = new KafkaBroker(installation, options.data());
    this.registry =
        options.registryUrl().isPresent() ? null : new SchemaRegistry(installation, options.data());
  }

  /** Starts the stack and waits until all of it serves. */
  public static LocalStack start(LocalStackOptions options) {
    options.data().prepare();
    ProcessTable table = ProcessTable.open(options.data());
    LocalStack stack;
    try {
      stack = new LocalStack(options, table);
    } catch (RuntimeException e) {
      table.close();
      throw e;
    }
    stack.startAll();
    return stack;
  }

  private void startAll() {
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      endLeftovers();
      table.claim();
      choosePorts();
      options.progress().step(Component.POSTGRES.title(), this::startPostgres);
      startRegistry();
      options.progress().step(Component.BROKER.title(), this::startBroker);
      options.progress().step(Component.REGISTRY.title(), this::awaitRegistry);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void endLeftovers() {
    table.endLeftovers(StackProgress.silent());
    postgres.findRunning().ifPresent(postgres::stop);
    table.forget();
  }

  private void choosePorts() {
    table.port("postgres", options.ports());
    table.port("broker", options.ports());
    table.port("controller", options.ports());
    if (registry != null) {
      table.port("registry", options.ports());
      table.port("registry-management", options.ports());
    }
    table.registryUrl(schemaRegistryUrl().toString());
  }

  private void startPostgres() {
    run(Component.POSTGRES, () -> postgres.start(port("postgres")));
  }

  private void startBroker() {
    int port = port("broker");
    ManagedProcess process = run(Component.BROKER, () -> broker.start(port, port("controller")));
    broker.awaitReady(process, port);
  }

  /** Does not wait: the registry gets ready while the broker starts. */
  private void startRegistry() {
    SchemaRegistry own = registry;
    if (own != null) {
      PostgresEndpoint database = createDatabase(SchemaRegistry.DATABASE, SchemaRegistry.DATABASE);
      run(
          Component.REGISTRY,
          () -> own.start(port("registry"), port("registry-management"), database));
    }
  }

  private void awaitRegistry() {
    SchemaRegistry own = registry;
    ManagedProcess process = process(Component.REGISTRY);
    if (own != null && process != null) {
      own.awaitReady(process, port("registry"));
    }
  }

  private ManagedProcess run(Component component, Supplier<ManagedProcess> starter) {
    ManagedProcess process = table.start(component.key(), starter);
    synchronized (processes) {
      processes.put(component, process);
    }
    return process;
  }

  private @Nullable ManagedProcess process(Component component) {
    synchronized (processes) {
      return processes.get(component);
    }
  }

  private int port(String name) {
    return table.state().port(name);
  }

  /** Where the stack keeps its data. */
  public DataDirectory data() {
    return options.data();
  }

  Installation installation() {
    return options.installation();
  }

  ProcessTable table() {
    return table;
  }

  /** Runs the action, last added first, before anything of the stack is stopped. */
  void beforeClose(Runnable action) {
    dependents.push(action);
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + port("broker");
  }

  @Override
  public URI schemaRegistryUrl() {
    return options.registryUrl().orElseGet(() -> SchemaRegistry.address(port("registry")));
  }

  @Override
  public PostgresEndpoint postgres() {
    return postgres.endpoint(port("postgres"));
  }

  @Override
  public PostgresEndpoint createDatabase(String name) {
    return new Databases(postgres()).create(name);
  }

  @Override
  public PostgresEndpoint createDatabase(String name, String owner) {
    String password = secrets.get(Secrets.ofRole(owner));
    return new Databases(postgres()).create(name, owner, password);
  }

  /** Ends a component at once, without a chance to tidy up: for tests of what happens then. */
  public void kill(Component component) {
    ManagedProcess process = process(component);
    if (process != null) {
      process.kill();
      table.ended(component.key());
    }
  }

  /** Starts a component that was killed, on its former port, and waits until it serves. */
  public void restart(Component component) {
    switch (component) {
      case POSTGRES -> startPostgres();
      case BROKER -> startBroker();
      case REGISTRY -> {
        startRegistry();
        awaitRegistry();
      }
    }
  }

  /** Lets the stack run on after this JVM: another launcher finds it by its data directory. */
  public synchronized void detach() {
    if (!closed) {
      closed = true;
      table.disown();
      table.close();
      removeHook();
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    table.stopStarting();
    removeHook();
    dependents.forEach(Runnable::run);
    stop(Component.REGISTRY);
    stop(Component.BROKER);
    stop(Component.POSTGRES);
    table.disown();
    table.close();
    if (options.temporary()) {
      Directories.delete(options.data().root());
    }
  }

  private void stop(Component component) {
    ManagedProcess process = process(component);
    if (process == null) {
      return;
    }
    switch (component) {
      case POSTGRES -> postgres.stop(process);
      case BROKER -> {
        process.stop(GRACE);
        broker.stopped();
      }
      case REGISTRY -> {
        process.stop(GRACE);
        if (registry != null) {
          registry.stopped();
        }
      }
    }
    table.ended(component.key());
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // This is the hook at work.
    }
  }
}
