package io.profilemesh.core.drift;

import static io.profilemesh.core.profile.Metric.MEAN;
import static io.profilemesh.core.profile.Metric.STANDARD_DEVIATION;

import io.profilemesh.core.drift.Comparison.Rule;
import io.profilemesh.core.statistics.StandardErrors;
import io.profilemesh.core.statistics.StudentT;
import java.util.Optional;

/**
 * Means of numbers, against the larger of the mean and the column's standard deviation, so that a
 * column around zero is not judged by its tiny mean. Welch's t test says what chance may do.
 */
record MeanComparer() implements MetricComparer {

  /** From so many equal values on a column counts as constant. */
  static final int CONSTANT_VALUES = 20;

  @Override
  public Optional<Comparison> compare(ColumnView baseline, ColumnView current) {
    if (!has(baseline) || !has(current)) {
      return Optional.empty();
    }
    double n1 = baseline.values();
    double n2 = current.values();
    double sd1 = baseline.number(STANDARD_DEVIATION);
    double sd2 = current.number(STANDARD_DEVIATION);
    double error = StandardErrors.ofMeanDifference(sd1, n1, sd2, n2);
    double critical =
        StudentT.critical(StudentT.ONE_IN_THOUSAND, StandardErrors.welchFreedom(sd1, n1, sd2, n2));
    if (Double.isInfinite(error) || (error > 0 && Double.isInfinite(critical))) {
      return Optional.empty();
    }
    double before = baseline.number(MEAN);
    return Optional.of(
        new Comparison(
            before,
            current.number(MEAN),
            before,
            before,
            Math.max(Math.abs(before), sd1),
            sd1,
            error,
            critical,
            baseline.error(MEAN) + current.error(MEAN),
            sd1 == 0 && n1 >= CONSTANT_VALUES ? Rule.EDGE : Rule.THRESHOLDS));
  }

  private static boolean has(ColumnView column) {
    return column.type().isNumeric() && column.has(MEAN) && column.has(STANDARD_DEVIATION);
  }
}
