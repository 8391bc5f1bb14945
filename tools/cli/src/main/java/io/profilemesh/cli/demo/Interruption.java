package io.profilemesh.cli.demo;

import io.profilemesh.cli.mesh.StartedMesh;
import java.util.concurrent.CountDownLatch;

/** What happens on Ctrl-C: everything stops in order, and the person sees it. */
final class Interruption {

  private final CountDownLatch never = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean begun;

  /**
   * Takes effect at once.
   *
   * @param farewell what to say after the mesh has stopped
   */
  Interruption(StartedMesh mesh, Stages stages, String farewell) {
    this.hook =
        new Thread(
            () -> {
              begun = true;
              stages.say("");
              stages.say("Stopping ...");
              mesh.close();
              stages.say("Stopped. " + farewell);
            },
            "profilemesh-demo-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Returns never: the process ends meanwhile. */
  void await() throws InterruptedException {
    never.await();
  }

  /** Waits for the end of the process if that has begun. */
  void awaitIfBegun() throws InterruptedException {
    if (begun) {
      never.await();
    }
  }

  /** Makes Ctrl-C nothing special again. */
  void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already: the hook is at work.
    }
  }
}
