package io.profilemesh.cli.demo;

import io.profilemesh.cli.Connections;
import io.profilemesh.cli.access.LocalKey;
import io.profilemesh.cli.mesh.ShopConfig;
import io.profilemesh.cli.mesh.StartedMesh;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.ApplyResult;
import io.profilemesh.stack.StackProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** The steps between a started stack and a mesh that serves; each a visible one. */
public final class MeshSetup {

  private final StartedMesh mesh;
  private final Connections connections;
  private final Stages stages;
  private final String topicPrefix;

  MeshSetup(StartedMesh mesh, Connections connections, Stages stages, String topicPrefix) {
    this.topicPrefix = topicPrefix;
    this.mesh = mesh;
    this.connections = connections;
    this.stages = stages;
  }

  /** Makes the shop anew. */
  void loadShop(ShopTables shop) throws Exception {
    stages.run("shop", "Shop database", () -> describe(shop.load()));
  }

  /** Migrates, sees to a key for the commands of this machine, and registers. */
  LocalKey prepareMesh(Path dataDirectory) throws Exception {
    stages.run("migrate", "Metadata tables", this::migrate);
    LocalKey[] key = new LocalKey[1];
    stages.run(
        "key",
        "API key",
        () -> {
          key[0] = LocalKey.ensure(dataDirectory, connections.keys(mesh.metadata()), Instant.now());
          return (key[0].isNew() ? "made" : "kept") + ", in " + key[0].file().getFileName();
        });
    stages.run(
        "schemas",
        "Schemas",
        () ->
            Formats.count(
                    connections.schemas(mesh.schemaRegistryUrl(), topicPrefix).register().size(),
                    "schema")
                + " registered");
    return key[0];
  }

  /** Starts the services on the shop. */
  void startOnShop(ShopTables shop, Path dataDirectory) throws Exception {
    ReadOnlyRole reader = shop.prepareReader();
    Path config = ShopConfig.write(dataDirectory, mesh.shop(), reader.name());
    startServices(config, Map.of(ShopConfig.PASSWORD_VARIABLE, reader.password()));
  }

  /** Starts the services on sources of the user's own. */
  void startServices(Path config, Map<String, String> profilerEnvironment) throws Exception {
    stages.run(
        "services",
        "Services",
        () -> {
          mesh.startServices(topicPrefix, config, profilerEnvironment, StackProgress.silent());
          return "profiler, drift and query";
        });
  }

  private String migrate() {
    ApplyResult result = connections.metadata(mesh.metadata()).apply(ApplyOptions.all());
    return result.steps().isEmpty()
        ? "at version " + result.after() + " already"
        : Formats.count(result.steps().size(), "migration")
            + " applied, now at version "
            + result.after();
  }

  private static String describe(Map<String, Long> rows) {
    return rows.entrySet().stream()
        .limit(3)
        .map(
            table ->
                String.format(java.util.Locale.ROOT, "%,d %s", table.getValue(), table.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** Shows the parts of the stack as they come up. */
  static StackProgress progress(Stages stages) {
    return new StackProgress() {
      @Override
      public void started(String step) {
        stages.begun(step);
      }

      @Override
      public void finished(String step, Duration took) {
        stages.done(step, took);
      }
    };
  }
}
