package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.rest.Rest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which query service answers. */
final class ServerOptions extends MeshOptions {

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Query service (default: $PROFILEMESH_URL, else the local mesh's).")
  @Nullable URI server;

  ServerOptions(Session session) {
    super(session);
  }

  Rest rest() {
    return rest(server);
  }
}
