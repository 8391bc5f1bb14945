package io.profilemesh.core.drift;

import static io.profilemesh.core.profile.Metric.AVERAGE_LENGTH;
import static io.profilemesh.core.profile.Metric.MAX_LENGTH;
import static io.profilemesh.core.profile.Metric.MIN_LENGTH;

import io.profilemesh.core.drift.Comparison.Rule;
import io.profilemesh.core.statistics.StandardErrors;
import io.profilemesh.core.statistics.StudentT;
import java.util.Optional;

/**
 * Average lengths, relative. Profiles hold no deviation of lengths; the largest one that minimum,
 * average and maximum allow stands in for it, so chance is never underrated.
 */
record LengthComparer() implements MetricComparer {

  @Override
  public Optional<Comparison> compare(ColumnView baseline, ColumnView current) {
    if (!has(baseline) || !has(current)) {
      return Optional.empty();
    }
    double before = baseline.number(AVERAGE_LENGTH);
    double deviation = deviation(baseline);
    double error =
        StandardErrors.ofMeanDifference(
            deviation, baseline.values(), deviation(current), current.values());
    if (Double.isInfinite(error)) {
      return Optional.empty();
    }
    boolean constant = deviation == 0 && baseline.values() >= MeanComparer.CONSTANT_VALUES;
    return Optional.of(
        new Comparison(
            before,
            current.number(AVERAGE_LENGTH),
            before,
            before,
            before,
            null,
            error,
            StudentT.ONE_IN_THOUSAND,
            baseline.error(AVERAGE_LENGTH) + current.error(AVERAGE_LENGTH),
            constant ? Rule.EDGE : Rule.THRESHOLDS));
  }

  private static boolean has(ColumnView column) {
    return column.has(AVERAGE_LENGTH) && column.has(MIN_LENGTH) && column.has(MAX_LENGTH);
  }

  private static double deviation(ColumnView column) {
    return StandardErrors.largestDeviation(
        column.number(MIN_LENGTH), column.number(AVERAGE_LENGTH), column.number(MAX_LENGTH));
  }
}
