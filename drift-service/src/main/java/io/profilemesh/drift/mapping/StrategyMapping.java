package io.profilemesh.drift.mapping;

import io.profilemesh.core.drift.BaselineStrategy;
import io.profilemesh.core.drift.StrategyKind;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.schema.BaselineChoice;
import org.jspecify.annotations.Nullable;

/** Reads the strategy that a requester asked for. */
public final class StrategyMapping {

  private StrategyMapping() {}

  /**
   * The strategy; without a wish, and for one that only a newer writer knows, the previous run.
   *
   * @param choice wish of the requester; null: none
   */
  public static BaselineStrategy read(@Nullable BaselineChoice choice) {
    if (choice == null) {
      return new BaselineStrategy.Previous();
    }
    return switch (choice.getStrategy()) {
      case UNKNOWN, AUTO, PREVIOUS -> new BaselineStrategy.Previous();
      case PINNED -> pinned(choice.getRunId());
      case WINDOW -> new BaselineStrategy.Unsupported(StrategyKind.WINDOW);
      case SEASONAL -> new BaselineStrategy.Unsupported(StrategyKind.SEASONAL);
    };
  }

  private static BaselineStrategy pinned(@Nullable String run) {
    return run == null
        ? new BaselineStrategy.Unsupported(StrategyKind.PINNED)
        : new BaselineStrategy.Pinned(RunId.parse(run));
  }
}
