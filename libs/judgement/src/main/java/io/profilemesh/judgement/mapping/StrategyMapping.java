package io.profilemesh.judgement.mapping;

import io.profilemesh.core.drift.BaselineStrategy;
import io.profilemesh.core.drift.EffectivePolicy;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.schema.BaselineChoice;
import org.jspecify.annotations.Nullable;

/** Reads the strategy that a requester asked for. */
public final class StrategyMapping {

  private StrategyMapping() {}

  /**
   * The strategy; without a wish, and for one that only a newer writer knows, that of the policy.
   *
   * @param choice wish of the requester; null: none
   * @param pinned run that a person pinned, which goes before the policy's; null: none
   * @param policy what holds for the table
   */
  public static BaselineStrategy read(
      @Nullable BaselineChoice choice, @Nullable RunId pinned, EffectivePolicy policy) {
    io.profilemesh.schema.BaselineStrategy wish =
        choice == null ? io.profilemesh.schema.BaselineStrategy.UNKNOWN : choice.getStrategy();
    return switch (wish) {
      case UNKNOWN -> unasked(pinned, policy);
      case PREVIOUS -> new BaselineStrategy.Previous();
      case PINNED -> asked(choice == null ? null : choice.getRunId(), pinned, policy);
      case WINDOW -> window(policy);
      case SEASONAL -> seasonal(policy);
      case AUTO -> auto(policy);
    };
  }

  private static BaselineStrategy ofPolicy(EffectivePolicy policy) {
    return switch (policy.strategy()) {
      case PREVIOUS -> new BaselineStrategy.Previous();
      case WINDOW -> window(policy);
      case SEASONAL -> seasonal(policy);
      // Which run is pinned is said by a command; a dataset without one is judged as usual.
      case AUTO, PINNED -> auto(policy);
    };
  }

  private static BaselineStrategy window(EffectivePolicy policy) {
    return new BaselineStrategy.Window(policy.window(), policy.within(), policy.minimumHistory());
  }

  private static BaselineStrategy seasonal(EffectivePolicy policy) {
    return new BaselineStrategy.Seasonal(policy.window(), policy.minimumHistory());
  }

  private static BaselineStrategy auto(EffectivePolicy policy) {
    return new BaselineStrategy.Auto(policy.window(), policy.minimumHistory());
  }

  private static BaselineStrategy unasked(@Nullable RunId pinned, EffectivePolicy policy) {
    return pinned == null ? ofPolicy(policy) : new BaselineStrategy.Pinned(pinned);
  }

  private static BaselineStrategy asked(
      @Nullable String run, @Nullable RunId pinned, EffectivePolicy policy) {
    return run == null ? unasked(pinned, policy) : new BaselineStrategy.Pinned(RunId.parse(run));
  }
}
