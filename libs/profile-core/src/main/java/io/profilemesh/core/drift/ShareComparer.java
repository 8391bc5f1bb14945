package io.profilemesh.core.drift;

import io.profilemesh.core.drift.Comparison.Rule;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.statistics.StandardErrors;
import io.profilemesh.core.statistics.StudentT;
import java.util.Optional;

/**
 * Shares, in percentage points: both runs are taken for samples, the pooled binomial error says
 * what chance may do. A share that was none or all and is so no more is at an edge.
 */
record ShareComparer(Metric metric) implements MetricComparer {

  @Override
  public Optional<Comparison> compare(ColumnView baseline, ColumnView current) {
    double n1 = whole(baseline);
    double n2 = whole(current);
    if (!baseline.has(metric) || !current.has(metric) || n1 < 1 || n2 < 1) {
      return Optional.empty();
    }
    double before = baseline.number(metric);
    double now = current.number(metric);
    return Optional.of(
        new Comparison(
            before,
            now,
            before,
            before,
            100,
            null,
            100 * StandardErrors.ofShareDifference(before / 100, n1, now / 100, n2),
            StudentT.ONE_IN_THOUSAND,
            baseline.error(metric) + current.error(metric),
            before == 0 || before == 100 ? Rule.EDGE : Rule.THRESHOLDS));
  }

  private double whole(ColumnView column) {
    return metric == Metric.NULL_PERCENT ? column.rows() : column.values();
  }
}
