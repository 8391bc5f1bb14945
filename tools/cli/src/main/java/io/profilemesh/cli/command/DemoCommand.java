package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.demo.DemoRun;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what the mesh does, on this machine, in about a minute. */
@Command(
    name = "demo",
    description =
        "Start a mesh on this machine, profile a small shop, damage it as bad loads do, and show"
            + " the drift found. Stays up until Ctrl-C.")
final class DemoCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final MeshOptions mesh;

  @Option(names = "--exit", description = "Stop everything at the end.")
  boolean exit;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write what happened as JSON: runs, verdicts, drift events, rows of every metadata table,"
              + " milliseconds of each stage.")
  @Nullable Path report;

  @Option(names = "--quiet", description = "Print the drift found and nothing else.")
  boolean quiet;

  @Option(
      names = "--registry-url",
      paramLabel = "URL",
      description = "Use this Confluent-compatible schema registry instead of starting one.")
  @Nullable URI registryUrl;

  DemoCommand(Session session) {
    mesh = new MeshOptions(session);
  }

  @Override
  public Integer call() throws Exception {
    new DemoRun(mesh.session(), mesh.directory(), registryUrl)
        .run(exit, quiet, report, mesh.asTyped());
    return ExitCode.OK.code();
  }
}
