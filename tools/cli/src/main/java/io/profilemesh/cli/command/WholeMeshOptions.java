package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.check.Broker;
import io.profilemesh.cli.migrate.MetadataTables;
import io.profilemesh.cli.rest.Rest;
import io.profilemesh.cli.schemas.SchemaCatalogue;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Every part of a mesh; what nobody named, and no local mesh has, is not there. */
final class WholeMeshOptions extends TopicOptions {

  @Option(
      names = {"--server", "--url"},
      paramLabel = "URL",
      description =
          "Query service (default: $PROFILEMESH_URL, else the local mesh's). The key to show it"
              + " comes from $PROFILEMESH_API_KEY or the file $PROFILEMESH_API_KEY_FILE.")
  @Nullable URI server;

  @Option(
      names = "--jdbc-url",
      paramLabel = "URL",
      description =
          "Metadata database (default: $PROFILEMESH_METADATA_JDBC_URL, else the local mesh's).")
  @Nullable String jdbcUrl;

  @Option(
      names = "--username",
      paramLabel = "NAME",
      description =
          "Its role (default: $PROFILEMESH_METADATA_USERNAME, else profilemesh). The password comes"
              + " from $PROFILEMESH_METADATA_PASSWORD.")
  @Nullable String username;

  WholeMeshOptions(Session session) {
    super(session);
  }

  Optional<Rest> query() {
    return known(() -> rest(server));
  }

  Optional<Broker> broker() {
    // The registry is looked at by itself: a broker alone is enough here.
    return known(() -> brokers(bootstrapServers))
        .map(brokers -> session().connections().broker(brokers, prefix()));
  }

  Optional<SchemaCatalogue> schemas() {
    return known(this::catalogue);
  }

  Optional<MetadataTables> tables() {
    return known(() -> session().connections().metadata(metadata(jdbcUrl, username)));
  }

  /** What can be resolved; a name that makes no sense is an error all the same. */
  private static <T> Optional<T> known(Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (Failure failure) {
      if (failure.exitCode() == ExitCode.USAGE) {
        throw failure;
      }
      return Optional.empty();
    }
  }
}
