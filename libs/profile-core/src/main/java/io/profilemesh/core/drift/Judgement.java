package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * One metric against what was expected of it; all numbers in the metric's unit.
 *
 * @param column null: the table
 * @param metric name of the metric in events
 * @param group what the metric speaks of
 * @param lower lower end of the expected range
 * @param upper upper end of the expected range
 */
public record Judgement(
    @Nullable ColumnName column,
    String metric,
    MetricGroup group,
    double baseline,
    double lower,
    double upper,
    double current) {

  /** Whether the number lies where it is no finding. */
  public boolean isWithin() {
    return current >= lower && current <= upper;
  }

  /** The same with a wider range. */
  public Judgement within(double least, double most) {
    return new Judgement(
        column, metric, group, baseline, Math.min(lower, least), Math.max(upper, most), current);
  }

  /** Unit of the numbers; the column's own where the metric is none of the profile's. */
  public Metric.Unit unit() {
    return Metric.ofWireName(metric)
        .map(Metric::unit)
        .orElse(metric.equals(Feature.CATEGORIES) ? Metric.Unit.PERCENT : Metric.Unit.VALUE);
  }
}
