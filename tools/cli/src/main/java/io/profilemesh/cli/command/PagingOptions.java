package io.profilemesh.cli.command;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.rest.Parameters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a listing over REST is wanted. */
final class PagingOptions extends PartOptions {

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Go on where an earlier page ended.")
  @Nullable String cursor;

  Parameters addTo(Parameters parameters) {
    check();
    if (cursor != null && offset != null) {
      throw Failure.usage("--cursor and --offset both say where to begin", "Leave one out.");
    }
    return parameters.with("limit", limit).with("offset", offset).with("cursor", cursor);
  }
}
