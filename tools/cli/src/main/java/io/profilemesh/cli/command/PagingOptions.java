package io.profilemesh.cli.command;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.rest.Parameters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a listing is wanted. */
final class PagingOptions {

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most this many items, 1 to 500 (default: 100).")
  @Nullable Integer limit;

  @Option(
      names = "--offset",
      paramLabel = "N",
      description = "Leave out the first N items, at most 10000.")
  @Nullable Integer offset;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Go on where an earlier page ended.")
  @Nullable String cursor;

  @Option(names = "--all", description = "Every item, page after page.")
  boolean all;

  Parameters addTo(Parameters parameters) {
    if (all && (limit != null || offset != null)) {
      throw Failure.usage("--all is every item", "Leave out --limit and --offset.");
    }
    if (cursor != null && offset != null) {
      throw Failure.usage("--cursor and --offset both say where to begin", "Leave one out.");
    }
    within("--limit", limit, 1, 500);
    within("--offset", offset, 0, 10_000);
    return parameters.with("limit", limit).with("offset", offset).with("cursor", cursor);
  }

  private static void within(String option, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw Failure.usage(
          option + " is " + value, "It can be " + least + " to " + most + "; --all has no limit.");
    }
  }
}
