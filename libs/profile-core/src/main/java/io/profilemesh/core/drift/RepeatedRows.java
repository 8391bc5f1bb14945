package io.profilemesh.core.drift;

import static io.profilemesh.core.profile.Metric.DISTINCT_COUNT;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.TableProfile;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows that came again: values that occur more than once now in columns that had no repeat before.
 *
 * @param byColumn surplus values by column, exact counts only
 */
record RepeatedRows(Map<ColumnName, Long> byColumn) {

  /** Fewer values without repeat may be so by accident. */
  private static final double LEAST_VALUES = 100;

  RepeatedRows {
    byColumn = Map.copyOf(byColumn);
  }

  static RepeatedRows between(TableProfile baseline, TableProfile current) {
    Map<ColumnName, Long> surplus = new TreeMap<>();
    for (ColumnProfile before : baseline.columnProfiles()) {
      ColumnView old = new ColumnView(before, baseline.rowCount(), baseline.scannedAt());
      if (old.values() >= LEAST_VALUES && distinctGap(old) == 0) {
        current
            .column(before.name())
            .map(now -> new ColumnView(now, current.rowCount(), current.scannedAt()))
            .filter(now -> distinctGap(now) > 0)
            .ifPresent(now -> surplus.put(before.name(), distinctGap(now)));
      }
    }
    return new RepeatedRows(surplus);
  }

  boolean isSomething() {
    return !byColumn.isEmpty();
  }

  /** How many rows came again, by the column that says the fewest. */
  String words() {
    long fewest = byColumn.values().stream().mapToLong(Long::longValue).min().orElse(0);
    return Numbers.plain(fewest) + (fewest == 1 ? " row repeats a key" : " rows repeat a key");
  }

  /** What the surplus of a column hints at; empty when the column was not unique before. */
  String hint(ColumnName column) {
    Long surplus = byColumn.get(column);
    if (surplus == null) {
      return "";
    }
    return ": "
        + (surplus == 1 ? "1 value repeats" : Numbers.plain(surplus) + " values repeat")
        + " another, were rows loaded twice?";
  }

  /** Values beyond the distinct ones; -1 when that is not known exactly. */
  private static long distinctGap(ColumnView column) {
    return column.isExact(DISTINCT_COUNT)
        ? Math.round(column.values() - column.number(DISTINCT_COUNT))
        : -1;
  }
}
