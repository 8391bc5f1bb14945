package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.rest.Rest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which query service answers. */
final class ServerOptions extends MeshOptions {

  @Option(
      names = {"--server", "--url"},
      paramLabel = "URL",
      description =
          "Query service (default: $PROFILEMESH_URL, else the local mesh's). The key to show it"
              + " comes from $PROFILEMESH_API_KEY or the file $PROFILEMESH_API_KEY_FILE.")
  @Nullable URI server;

  ServerOptions(Session session) {
    super(session);
  }

  Rest rest() {
    return rest(server);
  }
}
