package io.profilemesh.cli.mesh;

import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.StackException;
import io.profilemesh.stack.StackProgress;
import io.profilemesh.stack.local.Component;
import io.profilemesh.stack.local.DataDirectory;
import io.profilemesh.stack.local.Installation;
import io.profilemesh.stack.local.LocalStack;
import io.profilemesh.stack.local.LocalStackOptions;
import io.profilemesh.stack.local.Service;
import io.profilemesh.stack.local.StackStatus;
import io.profilemesh.stack.local.StackStopper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The local mesh as processes of this machine. */
public final class LocalStackMesh implements LocalMesh {

  static final String METADATA = "profilemesh";
  static final String SHOP = "shop";

  private final DataDirectory data;
  private final @Nullable Path home;

  /**
   * @param dataDirectory where it keeps everything
   * @param home where the build has laid out what runs; null where the launcher did not say
   */
  public LocalStackMesh(Path dataDirectory, @Nullable Path home) {
    this.data = new DataDirectory(dataDirectory);
    this.home = home;
  }

  @Override
  public Optional<MeshAddresses> addresses() {
    return addresses(StackStatus.of(data));
  }

  private static Optional<MeshAddresses> addresses(StackStatus status) {
    Optional<PostgresEndpoint> metadata = status.database(METADATA, METADATA);
    Optional<URI> rest = status.url(Service.QUERY);
    if (!status.isRunning() || metadata.isEmpty() || rest.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MeshAddresses(
            status.bootstrapServers().orElseThrow(),
            status.schemaRegistryUrl().orElseThrow(),
            rest.get(),
            address(metadata.get()),
            status
                .database(SHOP, SHOP)
                .map(LocalStackMesh::address)
                .orElseGet(() -> address(metadata.get().withDatabase(SHOP)))));
  }

  @Override
  public Set<String> sources() {
    return Files.exists(ShopConfig.file(data.root())) ? Set.of(ShopConfig.SOURCE) : Set.of();
  }

  @Override
  public List<Part> parts() {
    StackStatus status = StackStatus.of(data);
    Map<String, OptionalLong> processes = status.processes();
    List<Part> parts = new ArrayList<>();
    for (Component component : Component.values()) {
      parts.add(
          part(component.title(), component.key(), address(component, status), null, processes));
    }
    for (Service service : Service.values()) {
      URI url = status.url(service).orElse(null);
      parts.add(
          part(
              service.module(),
              service.key(),
              url == null ? null : url.toString(),
              url,
              processes));
    }
    return parts;
  }

  private Part part(
      String name,
      String key,
      @Nullable String address,
      @Nullable URI health,
      Map<String, OptionalLong> processes) {
    OptionalLong pid = processes.getOrDefault(key, OptionalLong.empty());
    if (pid.isEmpty()) {
      return new Part(name, State.STOPPED, null, null, null);
    }
    boolean ready = health == null || Readiness.of(health);
    return new Part(
        name,
        ready ? State.READY : State.STARTING,
        address,
        pid.getAsLong(),
        data.log(key).file().toString());
  }

  private static @Nullable String address(Component component, StackStatus status) {
    return switch (component) {
      case POSTGRES -> status.postgres().map(PostgresEndpoint::jdbcUrl).orElse(null);
      case BROKER -> status.bootstrapServers().orElse(null);
      case REGISTRY -> status.schemaRegistryUrl().map(URI::toString).orElse(null);
    };
  }

  @Override
  public StartedMesh start(@Nullable URI registryUrl, StackProgress progress) {
    LocalStackOptions options =
        LocalStackOptions.in(data.root(), installation()).withProgress(progress);
    return new LocalStackStarted(
        LocalStack.start(registryUrl == null ? options : options.withRegistryUrl(registryUrl)));
  }

  @Override
  public boolean stop(StackProgress progress) {
    return new StackStopper(installation(), data).stop(progress);
  }

  private Installation installation() {
    if (home == null) {
      throw new StackException(
          "The program does not know where it is installed.", "Start it through ./profilemesh.");
    }
    return new Installation(home);
  }

  static JdbcAddress address(PostgresEndpoint endpoint) {
    return new JdbcAddress(endpoint.jdbcUrl(), endpoint.username(), endpoint.password());
  }
}
