package io.profilemesh.cli.demo;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.demo.shop.ShopSize;
import io.profilemesh.cli.mesh.LocalMesh;
import io.profilemesh.cli.mesh.StartedMesh;
import io.profilemesh.cli.output.Console;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The demo from start to stop. */
public final class DemoRun {

  private final Session session;
  private final Console console;
  private final Path dataDirectory;
  private final @Nullable URI registryUrl;

  /**
   * @param registryUrl a registry that runs already, or null to start one
   */
  public DemoRun(Session session, Path dataDirectory, @Nullable URI registryUrl) {
    this.session = session;
    this.console = session.console();
    this.dataDirectory = dataDirectory;
    this.registryUrl = registryUrl;
  }

  /**
   * Tells the story, then stops everything or stays up until the process is interrupted.
   *
   * @param exit whether to stop at the end
   * @param quiet whether to print findings only
   * @param report file for what happened, or null
   * @param options options that commands need to find this mesh
   */
  public void run(boolean exit, boolean quiet, @Nullable Path report, String options)
      throws Exception {
    LocalMesh local = session.connections().localMesh(dataDirectory);
    refuseWhenRunning(local, options);
    Stages stages = new Stages(console, quiet);
    stages.say(
        console.errColours().strong("ProfileMesh demo") + ": a whole mesh in " + dataDirectory);
    stages.say("");
    try (StartedMesh mesh = local.start(registryUrl, MeshSetup.progress(stages))) {
      Interruption interruption =
          new Interruption(mesh, stages, "The data stays in " + dataDirectory);
      try {
        tell(mesh, stages, exit, quiet, report, options);
        if (!exit) {
          stages.say("The mesh stays up until you press Ctrl-C.");
          interruption.await();
        }
      } catch (Exception e) {
        // What fails while everything is being stopped fails because of that.
        interruption.awaitIfBegun();
        throw e;
      }
      interruption.forget();
      stages.begun("Stopping");
    }
    stages.say("Stopped. The data stays in " + dataDirectory);
  }

  private void tell(
      StartedMesh mesh,
      Stages stages,
      boolean exit,
      boolean quiet,
      @Nullable Path report,
      String options)
      throws Exception {
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    ShopTables shop =
        new PostgresShop(mesh.shop(), mesh.shopAsSuperuser(), ShopSize.ofDemo(yesterday));
    Demo demo = new Demo(mesh, shop, session.connections(), console, stages, session.topicPrefix());
    Demo.Told told = demo.tell(dataDirectory);
    if (!quiet) {
      new NextSteps(console.out(), console.outColours(), "./profilemesh")
          .tell(mesh.addresses(), told.damaged().run(), told.key(), options, !exit);
    }
    if (report != null) {
      told.report().tableCounts(session.connections().metadata(mesh.metadata()).rowCounts());
      told.report().times(stages.milliseconds(), demo.firstDriftEventMs(), stages.elapsed());
      told.report().write(report);
    }
  }

  private void refuseWhenRunning(LocalMesh local, String options) {
    boolean running =
        local.parts().stream().anyMatch(part -> part.state() != LocalMesh.State.STOPPED);
    if (running) {
      throw Failure.failed(
          "a mesh runs already in " + dataDirectory,
          "Stop it first: ./profilemesh down"
              + options
              + " (its data stays). Or give the demo a directory of its own: --data-dir DIR");
    }
  }
}
