package io.profilemesh.core.drift;

import static io.profilemesh.core.profile.Metric.DISTINCT_COUNT;
import static io.profilemesh.core.profile.Metric.DISTINCT_PERCENT;

import io.profilemesh.core.drift.Comparison.Rule;
import io.profilemesh.core.statistics.Collisions;
import io.profilemesh.core.statistics.StandardErrors;
import io.profilemesh.core.statistics.StudentT;
import java.util.Optional;

/**
 * Distinct percent, in percentage points.
 *
 * <p>A column without repeats is expected to stay so, but for as many as the birthday problem
 * explains. Any other share falls by itself when a table grows, as known values come again: between
 * "no new value" and "new values at the old rate" nothing needs an explanation.
 */
record DistinctComparer() implements MetricComparer {

  @Override
  public Optional<Comparison> compare(ColumnView baseline, ColumnView current) {
    double n1 = baseline.values();
    double n2 = current.values();
    if (n1 < 1 || n2 < 1 || !isCounted(baseline) || !isCounted(current)) {
      return Optional.empty();
    }
    return Optional.of(
        isUnique(baseline, n1)
            ? ofUnique(current, n1, n2)
            : ofRepeating(baseline, current, n1, n2));
  }

  /** Counted without a repeat, or numbers so dense that there is no room for one. */
  private static boolean isUnique(ColumnView column, double n) {
    return column.isExact(DISTINCT_COUNT)
        ? column.number(DISTINCT_COUNT) == n
        : column.isGaplessNumber();
  }

  private static boolean isCounted(ColumnView column) {
    return column.has(DISTINCT_COUNT)
        && column.has(DISTINCT_PERCENT)
        && column.isBounded(DISTINCT_COUNT);
  }

  private static Comparison ofUnique(ColumnView current, double n1, double n2) {
    return new Comparison(
        100,
        current.number(DISTINCT_PERCENT),
        100,
        100,
        100,
        null,
        100 * Collisions.plausible(n1, n2) / n2,
        1,
        Math.max(0, 100 * (current.mostDistinct() - current.number(DISTINCT_COUNT)) / n2),
        Rule.EDGE);
  }

  private static Comparison ofRepeating(
      ColumnView baseline, ColumnView current, double n1, double n2) {
    double before = baseline.number(DISTINCT_PERCENT);
    double now = current.number(DISTINCT_PERCENT);
    double noNewValue = Math.min(100, 100 * baseline.number(DISTINCT_COUNT) / n2);
    return new Comparison(
        before,
        now,
        Math.min(before, noNewValue),
        Math.max(before, noNewValue),
        100,
        null,
        100 * StandardErrors.ofShareDifference(before / 100, n1, now / 100, n2),
        StudentT.ONE_IN_THOUSAND,
        error(baseline, n1) + error(current, n2),
        Rule.THRESHOLDS);
  }

  private static double error(ColumnView column, double n) {
    return Math.max(column.error(DISTINCT_PERCENT), 100 * column.error(DISTINCT_COUNT) / n);
  }
}
