package io.profilemesh.cli.mesh;

import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.StackProgress;
import io.profilemesh.stack.local.LocalStack;
import io.profilemesh.stack.local.Mesh;
import io.profilemesh.stack.local.MeshOptions;
import io.profilemesh.stack.local.Service;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A local mesh whose processes this one has started. */
final class LocalStackStarted implements StartedMesh {

  private final LocalStack stack;
  private final PostgresEndpoint metadata;
  private final PostgresEndpoint shop;
  private @Nullable Mesh services;

  LocalStackStarted(LocalStack stack) {
    this.stack = stack;
    try {
      metadata = stack.createDatabase(LocalStackMesh.METADATA, LocalStackMesh.METADATA);
      shop = stack.createDatabase(LocalStackMesh.SHOP, LocalStackMesh.SHOP);
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  @Override
  public URI schemaRegistryUrl() {
    return stack.schemaRegistryUrl();
  }

  @Override
  public JdbcAddress metadata() {
    return LocalStackMesh.address(metadata);
  }

  @Override
  public JdbcAddress shop() {
    return LocalStackMesh.address(shop);
  }

  @Override
  public JdbcAddress shopAsSuperuser() {
    return LocalStackMesh.address(stack.postgres().withDatabase(shop.database()));
  }

  @Override
  public void startServices(
      String topicPrefix,
      Path profilerConfig,
      Map<String, String> profilerEnvironment,
      StackProgress progress) {
    MeshOptions options =
        Mesh.on(stack)
            .environment("PROFILEMESH_TOPIC_PREFIX", topicPrefix)
            .environment(Service.PROFILER, "PROFILEMESH_CONFIG", profilerConfig.toString())
            .progress(progress);
    profilerEnvironment.forEach(
        (variable, value) -> options.environment(Service.PROFILER, variable, value));
    services = options.start();
  }

  @Override
  public MeshAddresses addresses() {
    Mesh running = services;
    if (running == null) {
      throw new IllegalStateException("the services are not started yet");
    }
    return new MeshAddresses(
        stack.bootstrapServers(),
        stack.schemaRegistryUrl(),
        running.url(Service.QUERY),
        metadata(),
        shop());
  }

  @Override
  public void detach() {
    stack.detach();
  }

  @Override
  public void close() {
    stack.close();
  }
}
