package io.profilemesh.profiler.plan;

import io.profilemesh.schema.PlanDecision;
import io.profilemesh.schema.Sampling;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a dataset, and why.
 *
 * @param reason one sentence for people
 * @param token what the source said of the last change, or null
 * @param sampling sampling that the planner chose, or null for as asked or configured
 * @param cost of what is read
 * @param full what reading all of the table would cost
 */
public record Decision(
    Kind kind,
    String reason,
    @Nullable String token,
    @Nullable Sampling sampling,
    Cost cost,
    Cost full) {

  /** How much is read. */
  public enum Kind {
    FULL,
    SLICE,
    SAMPLE,
    SKIP
  }

  /** The decision as run events carry it. */
  public PlanDecision toRecord() {
    return PlanDecision.newBuilder()
        .setDecision(kind.name().toLowerCase(Locale.ROOT))
        .setReason(reason)
        .setChangeToken(token)
        .setSampling(sampling)
        .setRows(cost.rows())
        .setBytes(cost.bytes())
        .setSeconds(cost.seconds())
        .setFullRows(full.rows())
        .setFullBytes(full.bytes())
        .setFullSeconds(full.seconds())
        .build();
  }
}
