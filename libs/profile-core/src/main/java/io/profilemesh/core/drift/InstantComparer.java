package io.profilemesh.core.drift;

import static io.profilemesh.core.profile.Metric.EARLIEST;
import static io.profilemesh.core.profile.Metric.LATEST;

import io.profilemesh.core.drift.Comparison.Rule;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import java.time.Duration;
import java.util.Optional;

/**
 * Earliest and latest dates and times, against the span between them, never against 1970.
 *
 * <p>Time passes: both ends may move forward by as much as lies between the two runs, the latest
 * also by as much as the table has grown at its old density.
 */
record InstantComparer(Metric metric) implements MetricComparer {

  private static final double DAY = Duration.ofDays(1).toMillis();
  private static final double HOUR = Duration.ofHours(1).toMillis();

  @Override
  public Optional<Comparison> compare(ColumnView baseline, ColumnView current) {
    double fewest = Math.min(baseline.values(), current.values());
    if (!has(baseline) || !has(current) || fewest < 1) {
      return Optional.empty();
    }
    boolean timeOfDay = baseline.type() == ColumnType.TIME;
    double before = baseline.number(metric);
    double span = baseline.number(LATEST) - baseline.number(EARLIEST);
    double scale = Math.max(span, timeOfDay ? HOUR : DAY);
    return Optional.of(
        new Comparison(
            before,
            current.number(metric),
            before,
            before + (timeOfDay ? 0 : passing(baseline, current, span)),
            scale,
            span,
            scale / fewest,
            ExtremeComparer.RARE_GAP,
            baseline.error(metric) + current.error(metric),
            Rule.THRESHOLDS));
  }

  private static boolean has(ColumnView column) {
    return column.type().isTemporal() && column.has(EARLIEST) && column.has(LATEST);
  }

  private double passing(ColumnView baseline, ColumnView current, double span) {
    double elapsed = Math.max(0, Duration.between(baseline.at(), current.at()).toMillis());
    double growth = current.values() / baseline.values() - 1;
    return metric == LATEST ? Math.max(elapsed, span * growth) : elapsed;
  }
}
