package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.access.KeyTables;
import io.profilemesh.cli.export.TableExport;
import io.profilemesh.cli.migrate.MetadataTables;
import io.profilemesh.cli.retention.TableRetention;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which metadata database. The password never stands on a command line. */
final class DatabaseOptions extends MeshOptions {

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

  DatabaseOptions(Session session) {
    super(session);
  }

  KeyTables keys() {
    return session().connections().keys(metadata(jdbcUrl, username));
  }

  TableExport export() {
    return session().connections().export(metadata(jdbcUrl, username));
  }

  TableRetention retention() {
    return session().connections().retention(metadata(jdbcUrl, username));
  }

  MetadataTables tables() {
    return session().connections().metadata(metadata(jdbcUrl, username));
  }
}
