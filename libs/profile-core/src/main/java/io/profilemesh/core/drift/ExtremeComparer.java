package io.profilemesh.core.drift;

import static io.profilemesh.core.profile.Metric.MAX;
import static io.profilemesh.core.profile.Metric.MIN;

import io.profilemesh.core.drift.Comparison.Rule;
import io.profilemesh.core.profile.Metric;
import java.util.Optional;

/**
 * Smallest and largest numbers, against the range between them.
 *
 * <p>Only of columns that look bounded, such as ratings: few distinct values, each seen many times.
 * The extremes of other columns wander by nature, and their mean and deviation tell more.
 */
record ExtremeComparer(Metric metric) implements MetricComparer {

  private static final int REPEATS = 20;

  /** Among n values spread evenly, a gap of 7/n of the range at an end is one in 1,000 (e^-7). */
  static final double RARE_GAP = 7;

  @Override
  public Optional<Comparison> compare(ColumnView baseline, ColumnView current) {
    if (!baseline.looksBounded() || !current.has(metric) || !current.type().isNumeric()) {
      return Optional.empty();
    }
    double range = baseline.number(MAX) - baseline.number(MIN);
    double fewest = Math.min(baseline.values(), current.values());
    if (range <= 0 || fewest < REPEATS) {
      return Optional.empty();
    }
    double before = baseline.number(metric);
    return Optional.of(
        new Comparison(
            before,
            current.number(metric),
            before,
            before,
            range,
            range,
            range / fewest,
            RARE_GAP,
            baseline.error(metric) + current.error(metric),
            Rule.THRESHOLDS));
  }
}
