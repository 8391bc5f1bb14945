package io.profilemesh.profiler.capture;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the changes of one stretch of the log, table by table. Confined to one thread. */
final class ChangeTally {

  private final Map<CapturedTable, long[]> counts = new LinkedHashMap<>();

  /** What was done to a row, or to all of them. */
  enum Kind {
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE
  }

  void add(CapturedTable table, Kind kind) {
    add(table, kind, 1);
  }

  void add(CapturedTable table, Kind kind, long times) {
    counts.computeIfAbsent(table, absent -> new long[Kind.values().length])[kind.ordinal()] +=
        times;
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** What was counted since the last call, which is forgotten. */
  Map<CapturedTable, ChangeCounts> take() {
    Map<CapturedTable, ChangeCounts> taken = new LinkedHashMap<>();
    counts.forEach(
        (table, of) ->
            taken.put(
                table,
                new ChangeCounts(
                    of[Kind.INSERT.ordinal()],
                    of[Kind.UPDATE.ordinal()],
                    of[Kind.DELETE.ordinal()],
                    of[Kind.TRUNCATE.ordinal()])));
    counts.clear();
    return taken;
  }
}
