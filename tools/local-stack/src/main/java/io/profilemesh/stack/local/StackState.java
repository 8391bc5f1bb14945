package io.profilemesh.stack.local;

import io.profilemesh.stack.process.ProcessId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written down about a running stack, so that another launcher can find it.
 *
 * @param launcher the process that stops the stack when it ends; null when nobody does
 * @param registryUrl address of the schema registry, also when it is not ours
 * @param ports by name, kept between starts
 * @param processes by key, in the order of their starts
 */
public record StackState(
    @Nullable ProcessId launcher,
    @Nullable String registryUrl,
    Map<String, Integer> ports,
    Map<String, ProcessId> processes) {

  static final StackState EMPTY = new StackState(null, null, Map.of(), Map.of());

  public StackState {
    ports = Map.copyOf(ports);
    // Order matters: processes are stopped in the reverse one.
    processes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(processes));
  }

  /** The port of that name, 0 if there is none. */
  public int port(String name) {
    return ports.getOrDefault(name, 0);
  }

  /** Whether the launcher still lives. */
  public boolean hasLauncher() {
    return launcher != null && launcher.find().isPresent();
  }

  StackState withLauncher(@Nullable ProcessId newLauncher) {
    return new StackState(newLauncher, registryUrl, ports, processes);
  }

  StackState withRegistryUrl(String newUrl) {
    return new StackState(launcher, newUrl, ports, processes);
  }

  StackState withPort(String name, int port) {
    Map<String, Integer> changed = new LinkedHashMap<>(ports);
    changed.put(name, port);
    return new StackState(launcher, registryUrl, changed, processes);
  }

  StackState withProcess(String key, ProcessId process) {
    Map<String, ProcessId> changed = new LinkedHashMap<>(processes);
    changed.remove(key);
    changed.put(key, process);
    return new StackState(launcher, registryUrl, ports, changed);
  }

  StackState withoutProcess(String key) {
    Map<String, ProcessId> changed = new LinkedHashMap<>(processes);
    changed.remove(key);
    return new StackState(launcher, registryUrl, ports, changed);
  }
}
