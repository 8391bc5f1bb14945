package io.profilemesh.cli.command;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.cli.run.TableName;
import io.profilemesh.core.profile.DatasetId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which datasets are wanted. */
final class DatasetOptions {

  @Option(
      names = "--dataset",
      paramLabel = "ID",
      description = "One dataset: source.schema.table or source/schema/table.")
  @Nullable String dataset;

  @Option(names = "--source", paramLabel = "NAME", description = "Tables of this source.")
  @Nullable String source;

  @Option(names = "--schema", paramLabel = "NAME", description = "Tables of this schema.")
  @Nullable String schema;

  @Option(names = "--table", paramLabel = "NAME", description = "Tables of this name.")
  @Nullable String table;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "Runs of this environment, such as development.")
  @Nullable String environment;

  Parameters addTo(Parameters parameters) {
    return parameters
        .with("dataset", canonical(dataset))
        .with("source", source)
        .with("schema", schema)
        .with("table", table)
        .with("environment", environment);
  }

  /** The canonical id of a dataset as a person writes it; null for null. */
  static @Nullable String canonical(@Nullable String text) {
    if (text == null) {
      return null;
    }
    TableName name = TableName.parse(text);
    String source = name.source();
    if (source == null) {
      throw Failure.usage(
          "'" + text + "' names no dataset: the source is missing",
          "Write source.schema.table, such as shop.public.orders.");
    }
    return name.dataset(source)
        .map(DatasetId::toString)
        .orElseThrow(
            () ->
                Failure.usage(
                    "'" + text + "' may name several tables", "Write source.schema.table."));
  }
}
