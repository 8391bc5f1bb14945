package io.profilemesh.judgement.memory;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quantiles;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column in one run.
 *
 * @param sequence number of the run
 * @param metrics what is kept of its metrics; null when the run did not profile the column
 * @param quantiles at the ranks every profile states; null when the run has none
 * @param frequentValues most frequent values; null when the run has none
 */
public record ColumnPoint(
    int sequence,
    ColumnDefinition definition,
    @Nullable Map<Metric, MetricValue> metrics,
    @Nullable Quantiles quantiles,
    @Nullable FrequentValues frequentValues) {

  public ColumnPoint {
    metrics = metrics == null ? null : KeptMetrics.numbers(metrics);
  }

  /** The same of a column of another name. */
  ColumnPoint named(ColumnName name) {
    ColumnDefinition renamed =
        new ColumnDefinition(
            name,
            definition.ordinal(),
            definition.dataType(),
            definition.type(),
            definition.nullable(),
            definition.description());
    return new ColumnPoint(sequence, renamed, metrics, quantiles, frequentValues);
  }

  /** Without its distribution. */
  ColumnPoint withoutDistribution() {
    return new ColumnPoint(sequence, definition, metrics, null, null);
  }
}
