package io.profilemesh.schema;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules of the planner's decisions. */
final class PlanRules {

  private static final Set<String> DECISIONS = Set.of("full", "slice", "sample", "skip");
  private static final int LONGEST_TOKEN = 1_000;

  private PlanRules() {}

  static @Nullable String problem(@Nullable PlanDecision plan) {
    if (plan == null) {
      return null;
    }
    if (!DECISIONS.contains(plan.getDecision())) {
      return "plan.decision is none of full, slice, sample and skip.";
    }
    if (!Shapes.isText(plan.getReason(), Parts.LONGEST_REASON)
        || !Shapes.isText(plan.getChangeToken(), LONGEST_TOKEN)) {
      return "plan.reason or plan.changeToken is too long or not printable.";
    }
    if (Parts.sampling(plan.getSampling()) != null) {
      return "plan.sampling has no valid fraction or row limit.";
    }
    return isCost(plan.getRows(), plan.getBytes(), plan.getSeconds())
            && isCost(plan.getFullRows(), plan.getFullBytes(), plan.getFullSeconds())
        ? null
        : "plan holds a negative or infinite cost.";
  }

  private static boolean isCost(
      @Nullable Long rows, @Nullable Long bytes, @Nullable Double seconds) {
    return (rows == null || rows >= 0)
        && (bytes == null || bytes >= 0)
        && (seconds == null || (seconds >= 0 && Double.isFinite(seconds)));
  }
}
