package io.profilemesh.drift.store;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column in one run.
 *
 * @param sequence number of the run
 * @param metrics what is kept of its metrics; null when the run did not profile the column
 */
public record ColumnPoint(
    int sequence, ColumnDefinition definition, @Nullable Map<Metric, MetricValue> metrics) {

  public ColumnPoint {
    metrics = metrics == null ? null : Map.copyOf(metrics);
  }
}
