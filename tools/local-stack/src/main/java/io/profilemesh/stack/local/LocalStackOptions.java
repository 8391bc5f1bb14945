package io.profilemesh.stack.local;

import io.profilemesh.stack.StackProgress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a local stack is to run.
 *
 * @param installation what to run
 * @param data where to keep everything
 * @param registryUrl a schema registry that runs already; then none is started
 * @param ports wanted ports by name, see {@link LocalStack}
 * @param durable whether committed data survives a power failure; off for tests
 * @param temporary whether the data directory is deleted at the end
 */
public record LocalStackOptions(
    Installation installation,
    DataDirectory data,
    Optional<URI> registryUrl,
    Map<String, Integer> ports,
    boolean durable,
    boolean temporary,
    StackProgress progress) {

  public LocalStackOptions {
    ports = Map.copyOf(ports);
  }

  /** A durable stack under {@code directory} that keeps its data. */
  public static LocalStackOptions in(Path directory, Installation installation) {
    return new LocalStackOptions(
        installation,
        new DataDirectory(directory),
        Optional.empty(),
        Map.of(),
        true,
        false,
        StackProgress.silent());
  }

  public LocalStackOptions withRegistryUrl(URI url) {
    return new LocalStackOptions(
        installation, data, Optional.of(url), ports, durable, temporary, progress);
  }

  public LocalStackOptions withPort(String name, int port) {
    Map<String, Integer> more = new HashMap<>(ports);
    more.put(name, port);
    return new LocalStackOptions(
        installation, data, registryUrl, more, durable, temporary, progress);
  }

  public LocalStackOptions withProgress(StackProgress newProgress) {
    return new LocalStackOptions(
        installation, data, registryUrl, ports, durable, temporary, newProgress);
  }

  /** Quicker, and not safe against a power failure; against killed processes it still is. */
  public LocalStackOptions notDurable() {
    return new LocalStackOptions(
        installation, data, registryUrl, ports, false, temporary, progress);
  }

  /** Deletes the data directory when the stack is closed. */
  public LocalStackOptions deletedOnClose() {
    return new LocalStackOptions(installation, data, registryUrl, ports, durable, true, progress);
  }
}
