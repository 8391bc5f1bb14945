package io.profilemesh.profiler.work;

import io.profilemesh.schema.LedgerEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish that a run end.
 *
 * @param actor who; empty when they did not say
 * @param reason why, or null
 * @param at when the profiler learned of it
 */
public record CancelOrder(String actor, @Nullable String reason, Instant at) {

  static CancelOrder of(LedgerEntry entry) {
    String actor = entry.getActor();
    return new CancelOrder(actor == null ? "" : actor, entry.getReason(), entry.getRecordedAt());
  }

  /**
   * One sentence for people.
   *
   * @param begun whether a scan of the run had begun
   */
  String sentence(boolean begun) {
    StringBuilder text = new StringBuilder(begun ? "Cancelled" : "Cancelled before its scan began");
    if (!actor.isEmpty()) {
      text.append(" by ").append(actor);
    }
    if (reason != null && !reason.isEmpty()) {
      text.append(": ").append(reason);
    }
    return text.append(text.charAt(text.length() - 1) == '.' ? "" : ".").toString();
  }
}
