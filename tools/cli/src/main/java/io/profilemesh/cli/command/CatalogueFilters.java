package io.profilemesh.cli.command;

import io.profilemesh.cli.rest.Parameters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which tables of the catalogue are wanted. */
final class CatalogueFilters {

  @Option(names = "--source", paramLabel = "NAME", description = "Tables of this source.")
  @Nullable String source;

  @Option(names = "--schema", paramLabel = "NAME", description = "Tables of this schema.")
  @Nullable String schema;

  @Option(names = "--table", paramLabel = "NAME", description = "Tables of this name.")
  @Nullable String table;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "Tables of this environment, such as development.")
  @Nullable String environment;

  @Option(names = "--owner", paramLabel = "NAME", description = "Tables of this owner.")
  @Nullable String owner;

  @Option(names = "--tag", paramLabel = "TAG", description = "Tables with this tag.")
  @Nullable String tag;

  Parameters addTo(Parameters parameters) {
    return parameters
        .with("source", source)
        .with("schema", schema)
        .with("table", table)
        .with("environment", environment)
        .with("owner", owner)
        .with("tag", tag);
  }
}
