package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.access.KeyFile;
import io.profilemesh.cli.access.LocalKey;
import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.cli.demo.BackgroundMesh;
import io.profilemesh.cli.mesh.LocalMesh;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the local mesh in the background. */
@Command(
    name = "up",
    description =
        "Start the local mesh in the background, on the demo's shop unless --config names sources.")
final class UpCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final MeshOptions mesh;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The profiler's sources and datasets (default: the demo's shop).")
  @Nullable Path config;

  @Option(
      names = "--registry-url",
      paramLabel = "URL",
      description = "Use this Confluent-compatible schema registry instead of starting one.")
  @Nullable URI registryUrl;

  @Option(names = "--quiet", description = "Print the addresses and nothing else.")
  boolean quiet;

  UpCommand(Session session) {
    mesh = new MeshOptions(session);
  }

  @Override
  public Integer call() throws Exception {
    if (config != null && !Files.isReadable(config)) {
      throw Failure.usage("there is no readable file " + config, "Name the file with --config.");
    }
    LocalMesh local = mesh.mesh();
    Optional<MeshAddresses> running = local.addresses();
    if (running.isPresent()) {
      mesh.session().console().err().println("It is up already, in " + mesh.directory());
      print(running.get());
      tellKey(Optional.empty());
      return ExitCode.OK.code();
    }
    Path file = config == null ? null : config.toAbsolutePath().normalize();
    BackgroundMesh.Started started =
        new BackgroundMesh(mesh.session(), mesh.directory()).start(file, registryUrl, quiet);
    print(started.addresses());
    tellKey(Optional.of(started.key()).filter(LocalKey::isNew));
    return ExitCode.OK.code();
  }

  /** The key itself is shown when it was made, and never again. */
  private void tellKey(Optional<LocalKey> made) {
    PrintWriter out = mesh.session().console().out();
    out.println("API key in       " + KeyFile.of(mesh.directory()).path());
    made.ifPresent(
        key -> out.println("API key          " + key.secret().reveal() + "  (shown this once)"));
    out.flush();
  }

  private void print(MeshAddresses addresses) {
    PrintWriter out = mesh.session().console().out();
    out.println("REST             " + addresses.restUrl() + "/api/v1");
    out.println("Kafka            " + addresses.bootstrapServers());
    out.println("schema registry  " + addresses.schemaRegistryUrl());
    out.println("metadata tables  " + addresses.metadata().url());
    out.println("shop             " + addresses.shop().url());
    out.flush();
  }
}
