package io.profilemesh.core.drift;

import static io.profilemesh.core.profile.Metric.DISTINCT_COUNT;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.TableProfile;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows that came again: values that occur more than once now in columns that had no repeat before.
 *
 * @param byColumn surplus values by column
 */
record RepeatedRows(Map<ColumnName, Surplus> byColumn) {

  /** Fewer values without repeat may be so by accident. */
  private static final double LEAST_VALUES = 100;

  /**
   * Values beyond the distinct ones.
   *
   * @param exact false: there may be more
   */
  record Surplus(long values, boolean exact) {

    private String words(String one, String many) {
      String number = Numbers.plain(values) + " " + (values == 1 ? one : many);
      return exact ? number : "at least " + number;
    }
  }

  RepeatedRows {
    byColumn = Map.copyOf(byColumn);
  }

  static RepeatedRows between(TableProfile baseline, TableProfile current) {
    Map<ColumnName, Surplus> surplus = new TreeMap<>();
    for (ColumnProfile before : baseline.columnProfiles()) {
      ColumnView old = new ColumnView(before, baseline.rowCount(), baseline.scannedAt());
      if (old.values() >= LEAST_VALUES && isUnique(old)) {
        current
            .column(before.name())
            .map(now -> new ColumnView(now, current.rowCount(), current.scannedAt()))
            .map(RepeatedRows::surplus)
            .filter(found -> found.values() > 0)
            .ifPresent(found -> surplus.put(before.name(), found));
      }
    }
    return new RepeatedRows(surplus);
  }

  boolean isSomething() {
    return !byColumn.isEmpty();
  }

  /** How many rows came again, by the column that says the fewest. */
  String words() {
    return byColumn.values().stream()
        .min(Comparator.comparingLong(Surplus::values))
        .map(fewest -> fewest.words("row repeats a key", "rows repeat a key"))
        .orElse("");
  }

  /** What the surplus of a column hints at; empty when the column was not unique before. */
  String hint(ColumnName column) {
    Surplus surplus = byColumn.get(column);
    return surplus == null
        ? ""
        : ": "
            + surplus.words("value repeats", "values repeat")
            + " another, were rows loaded twice?";
  }

  /** Counted without a repeat, or numbers so dense that there is no room for one. */
  private static boolean isUnique(ColumnView column) {
    return column.isExact(DISTINCT_COUNT)
        ? column.number(DISTINCT_COUNT) == column.values()
        : column.isGaplessNumber();
  }

  private static Surplus surplus(ColumnView column) {
    boolean exact = column.isExact(DISTINCT_COUNT);
    double distinct =
        exact
            ? column.number(DISTINCT_COUNT)
            : column.has(DISTINCT_COUNT) ? column.mostDistinct() : column.values();
    return new Surplus((long) Math.floor(column.values() - distinct), exact);
  }
}
