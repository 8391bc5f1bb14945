package io.profilemesh.cli.demo;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.access.LocalKey;
import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.cli.demo.shop.ShopSize;
import io.profilemesh.cli.mesh.LocalMesh;
import io.profilemesh.cli.mesh.ShopConfig;
import io.profilemesh.cli.mesh.StartedMesh;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mesh that runs on after the command that started it. */
public final class BackgroundMesh {

  private final Session session;
  private final Path dataDirectory;

  /** A mesh that runs, and the key to it. */
  public record Started(MeshAddresses addresses, LocalKey key) {}

  public BackgroundMesh(Session session, Path dataDirectory) {
    this.session = session;
    this.dataDirectory = dataDirectory;
  }

  /**
   * Starts everything and leaves it running.
   *
   * @param config the profiler's configuration, or null for the demo's shop, which is loaded when
   *     it is missing and otherwise left as it is
   * @param registryUrl a registry that runs already, or null to start one
   */
  public Started start(@Nullable Path config, @Nullable URI registryUrl, boolean quiet)
      throws Exception {
    Stages stages = new Stages(session.console(), quiet);
    LocalMesh local = session.connections().localMesh(dataDirectory);
    StartedMesh mesh = local.start(registryUrl, MeshSetup.progress(stages));
    boolean started = false;
    LocalKey key;
    try {
      MeshSetup setup = new MeshSetup(mesh, session.connections(), stages, session.topicPrefix());
      if (config == null) {
        key = onShop(mesh, setup);
      } else {
        ShopConfig.delete(dataDirectory);
        key = setup.prepareMesh(dataDirectory);
        setup.startServices(config, Map.of());
      }
      MeshAddresses addresses = mesh.addresses();
      mesh.detach();
      started = true;
      return new Started(addresses, key);
    } finally {
      if (!started) {
        mesh.close();
      }
    }
  }

  private LocalKey onShop(StartedMesh mesh, MeshSetup setup) throws Exception {
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    ShopTables shop =
        new PostgresShop(mesh.shop(), mesh.shopAsSuperuser(), ShopSize.ofDemo(yesterday));
    if (!shop.isLoaded()) {
      setup.loadShop(shop);
    }
    LocalKey key = setup.prepareMesh(dataDirectory);
    setup.startOnShop(shop, dataDirectory);
    return key;
  }
}
