package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What counts as drift for the metrics and type classes it covers.
 *
 * @param id identity, for people and to break ties of rank
 * @param rank order of policies; lower is asked earlier
 * @param metrics metrics covered; empty: all
 * @param types type classes covered; empty: all, and the table itself
 * @param ignore whether such a metric never makes a finding
 * @param direction which changes count
 * @param thresholds sizes of change that make severities
 * @param absoluteFloor smaller absolute changes never count; in the metric's unit
 */
public record DriftPolicy(
    String id,
    int rank,
    Set<Metric> metrics,
    Set<ColumnType> types,
    boolean ignore,
    Direction direction,
    Thresholds thresholds,
    double absoluteFloor) {

  public DriftPolicy {
    metrics = Set.copyOf(metrics);
    types = Set.copyOf(types);
    if (!(absoluteFloor >= 0)) {
      throw new IllegalArgumentException("an absolute floor is not negative");
    }
  }

  /**
   * Whether it speaks of a metric.
   *
   * @param type type class of the column; null for a metric of the table
   */
  public boolean covers(Metric metric, @Nullable ColumnType type) {
    return (metrics.isEmpty() || metrics.contains(metric))
        && (types.isEmpty() || (type != null && types.contains(type)));
  }
}
