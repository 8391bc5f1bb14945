package io.profilemesh.cli.command;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.run.SourceChoice;
import io.profilemesh.cli.run.TableName;
import io.profilemesh.core.profile.DatasetId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one table that is asked about. */
final class OneTable {

  @Parameters(paramLabel = "TABLE", description = "schema.table or source.schema.table.")
  @SuppressWarnings("NullAway.Init")
  String table;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Source of the table; not needed where there is only one.")
  @Nullable String source;

  /** The dataset that is meant. */
  DatasetId dataset(ServerOptions server) {
    TableName name = TableName.parse(table);
    SourceChoice sources =
        new SourceChoice(
            source != null ? source : server.session().variable("PROFILEMESH_SOURCE").orElse(null),
            () -> server.server == null ? server.mesh().sources() : Set.of(),
            server::rest);
    if (table.matches("[^./*?]+")) {
      throw Failure.usage(
          "the schema of '" + table + "' is missing",
          "Write schema.table; which there are: profilemesh query tables --table " + table);
    }
    return name.dataset(sources.of(name))
        .orElseThrow(
            () ->
                Failure.usage(
                    "'" + table + "' is a pattern, but one table is asked about",
                    "Write schema.table."));
  }
}
