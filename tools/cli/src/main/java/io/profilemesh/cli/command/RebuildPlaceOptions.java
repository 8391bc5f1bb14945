package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.rebuild.TableRebuild;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which topics, and which metadata database. The password never stands on a command line. */
final class RebuildPlaceOptions extends TopicOptions {

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
          "Role that owns the tables and may create schemas (default:"
              + " $PROFILEMESH_METADATA_USERNAME, else profilemesh). The password comes from"
              + " $PROFILEMESH_METADATA_PASSWORD.")
  @Nullable String username;

  RebuildPlaceOptions(Session session) {
    super(session);
  }

  TableRebuild rebuild() {
    return session().connections().rebuild(address(), metadata(jdbcUrl, username));
  }
}
