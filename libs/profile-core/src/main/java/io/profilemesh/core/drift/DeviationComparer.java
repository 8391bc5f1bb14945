package io.profilemesh.core.drift;

import static io.profilemesh.core.profile.Metric.SKEWNESS;
import static io.profilemesh.core.profile.Metric.STANDARD_DEVIATION;

import io.profilemesh.core.drift.Comparison.Rule;
import io.profilemesh.core.statistics.StandardErrors;
import io.profilemesh.core.statistics.StudentT;
import java.util.Optional;

/** Standard deviations of numbers, relative, with room for skewed columns. */
record DeviationComparer() implements MetricComparer {

  private static final int LEAST_VALUES = 20;

  @Override
  public Optional<Comparison> compare(ColumnView baseline, ColumnView current) {
    if (!has(baseline) || !has(current)) {
      return Optional.empty();
    }
    double before = baseline.number(STANDARD_DEVIATION);
    return Optional.of(
        new Comparison(
            before,
            current.number(STANDARD_DEVIATION),
            before,
            before,
            before,
            null,
            Math.hypot(error(baseline), error(current)),
            StudentT.ONE_IN_THOUSAND,
            baseline.error(STANDARD_DEVIATION) + current.error(STANDARD_DEVIATION),
            before == 0 ? Rule.EDGE : Rule.THRESHOLDS));
  }

  private static boolean has(ColumnView column) {
    return column.type().isNumeric()
        && column.has(STANDARD_DEVIATION)
        && column.values() >= LEAST_VALUES;
  }

  private static double error(ColumnView column) {
    return StandardErrors.ofStandardDeviation(
        column.number(STANDARD_DEVIATION), column.values(), column.numberOr(SKEWNESS, 0));
  }
}
