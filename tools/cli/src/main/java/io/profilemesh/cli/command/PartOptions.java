package io.profilemesh.cli.command;

import io.profilemesh.cli.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a listing is wanted. */
class PartOptions {

  private static final int USUAL = 100;

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

  @Option(names = "--all", description = "Every item, page after page.")
  boolean all;

  /** Refuses what makes no sense. */
  final void check() {
    if (all && (limit != null || offset != null)) {
      throw Failure.usage("--all is every item", "Leave out --limit and --offset.");
    }
    within("--limit", limit, 1, 500);
    within("--offset", offset, 0, 10_000);
  }

  /** The part of a list that is there as a whole. */
  final <T> List<T> of(List<T> whole) {
    if (all) {
      return whole;
    }
    return whole.stream()
        .skip(offset == null ? 0 : offset)
        .limit(limit == null ? USUAL : limit)
        .toList();
  }

  private static void within(String option, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw Failure.usage(
          option + " is " + value, "It can be " + least + " to " + most + "; --all has no limit.");
    }
  }
}
