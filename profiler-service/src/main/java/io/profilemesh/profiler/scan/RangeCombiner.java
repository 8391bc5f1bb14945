package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnAccumulator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Combines the outcomes of ranges in the order of the ranges, whichever finished first, so that the
 * result does not depend on who was faster. Thread-safe.
 */
final class RangeCombiner {

  private final Map<Integer, RangeScan.Outcome> early = new TreeMap<>();
  private int next;
  private long rows;
  private @Nullable List<ColumnAccumulator> combined;

  synchronized void deliver(int range, RangeScan.Outcome outcome) {
    early.put(range, outcome);
    RangeScan.Outcome due = early.remove(next);
    while (due != null) {
      combine(due);
      next++;
      due = early.remove(next);
    }
  }

  private void combine(RangeScan.Outcome outcome) {
    rows += outcome.rows();
    if (combined == null) {
      combined = outcome.accumulators();
      return;
    }
    for (int i = 0; i < combined.size(); i++) {
      combined.get(i).combine(outcome.accumulators().get(i));
    }
  }

  /** All of it, once every range was delivered. */
  synchronized RangeScan.Outcome result() {
    if (combined == null || !early.isEmpty()) {
      throw new IllegalStateException("a range is missing");
    }
    return new RangeScan.Outcome(rows, combined);
  }
}
