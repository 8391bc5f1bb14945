package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.stack.StackProgress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the local mesh. */
@Command(name = "down", description = "Stop the local mesh; its data stays.")
final class DownCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final MeshOptions mesh;

  DownCommand(Session session) {
    mesh = new MeshOptions(session);
  }

  @Override
  public Integer call() {
    long begin = System.nanoTime();
    boolean ran = mesh.mesh().stop(StackProgress.silent());
    String took = Formats.seconds(Duration.ofNanos(System.nanoTime() - begin));
    mesh.session()
        .console()
        .err()
        .println(
            ran
                ? "Stopped after " + took + ". The data stays in " + mesh.directory()
                : "No local mesh runs in " + mesh.directory());
    return ExitCode.OK.code();
  }
}
