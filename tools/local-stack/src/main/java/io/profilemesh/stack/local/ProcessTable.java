package io.profilemesh.stack.local;

import io.profilemesh.stack.StackException;
import io.profilemesh.stack.StackProgress;
import io.profilemesh.stack.process.ManagedProcess;
import io.profilemesh.stack.process.Ports;
import io.profilemesh.stack.process.ProcessId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The processes of one data directory: holds the directory's lock, writes down what it starts, and
 * ends what a former launcher left behind. Safe for several threads.
 */
final class ProcessTable implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(15);

  private final DataDirectory data;
  private final DirectoryLock lock;
  private final StateFile file;
  private final Ports ports = new Ports();
  private final Map<String, Integer> allotted = new HashMap<>();
  private StackState state;
  private boolean closing;

  private ProcessTable(DataDirectory data, DirectoryLock lock) {
    this.data = data;
    this.lock = lock;
    this.file = new StateFile(data.stateFile());
    this.state = file.read();
  }

  /** Takes the directory; throws when another launcher has it. */
  static ProcessTable open(DataDirectory data) {
    return new ProcessTable(data, DirectoryLock.take(data));
  }

  synchronized StackState state() {
    return state;
  }

  synchronized void claim() {
    save(state.withLauncher(ProcessId.of(ProcessHandle.current())));
  }

  /** Leaves the processes to whoever comes next. */
  synchronized void disown() {
    save(state.withLauncher(null));
  }

  synchronized void registryUrl(String url) {
    save(state.withRegistryUrl(url));
  }

  /**
   * The port of that name: the wanted one, else the one of the last start if still free, else any;
   * from then on always the same.
   */
  synchronized int port(String name, Map<String, Integer> wanted) {
    Integer former = allotted.get(name);
    if (former != null) {
      return former;
    }
    int fixed = wanted.getOrDefault(name, 0);
    if (fixed > 0 && !Ports.isFree(fixed)) {
      throw PortOwner.inUse(name, fixed);
    }
    int port = fixed > 0 ? fixed : ports.choose(state.port(name));
    allotted.put(name, port);
    save(state.withPort(name, port));
    return port;
  }

  /** Starts a process and writes it down, unless the stack is being stopped. */
  synchronized ManagedProcess start(String key, Supplier<ManagedProcess> starter) {
    if (closing) {
      throw new StackException("The stack is being stopped.", "Start it again afterwards.");
    }
    ManagedProcess process = starter.get();
    save(state.withProcess(key, process.id()));
    return process;
  }

  synchronized void ended(String key) {
    save(state.withoutProcess(key));
  }

  /** From now on nothing can be started. */
  synchronized void stopStarting() {
    closing = true;
  }

  /**
   * Ends everything but PostgreSQL that a former launcher left for this directory.
   *
   * @return whether anything ran
   */
  boolean endLeftovers(StackProgress progress) {
    return endLeftovers(progress, () -> {});
  }

  /**
   * Ends the services side by side, then what they stand on.
   *
   * @param between what to do when the services have ended
   * @return whether anything ran
   */
  synchronized boolean endLeftovers(StackProgress progress, Runnable between) {
    List<Map.Entry<String, ProcessId>> known = new ArrayList<>(state.processes().entrySet());
    Collections.reverse(known);
    List<ManagedProcess> services = new ArrayList<>();
    List<ManagedProcess> foundations = new ArrayList<>();
    for (Map.Entry<String, ProcessId> entry : known) {
      String key = entry.getKey();
      if (!key.equals(Component.POSTGRES.key())) {
        boolean foundation =
            key.equals(Component.BROKER.key()) || key.equals(Component.REGISTRY.key());
        entry
            .getValue()
            .find()
            .map(handle -> new ManagedProcess(key, handle, data.log(key)))
            .ifPresent((foundation ? foundations : services)::add);
      }
    }
    end(services, progress);
    between.run();
    end(foundations, progress);
    // What was started but not yet written down when the launcher died.
    List<ManagedProcess> unknown =
        data.mark().findAll().stream()
            .map(
                handle ->
                    new ManagedProcess("process " + handle.pid(), handle, data.log("unknown")))
            .toList();
    end(unknown, progress);
    return !(services.isEmpty() && foundations.isEmpty() && unknown.isEmpty());
  }

  /** All are asked first, so that they end side by side. */
  private static void end(List<ManagedProcess> processes, StackProgress progress) {
    processes.forEach(process -> process.handle().destroy());
    processes.forEach(process -> progress.step(process.title(), () -> process.stop(GRACE)));
  }

  /** Writes down that nothing runs. */
  synchronized void forget() {
    save(new StackState(null, state.registryUrl(), state.ports(), Map.of()));
  }

  private void save(StackState changed) {
    state = changed;
    file.write(changed);
  }

  @Override
  public synchronized void close() {
    lock.close();
  }
}
