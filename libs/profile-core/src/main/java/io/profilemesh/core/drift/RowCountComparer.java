package io.profilemesh.core.drift;

import io.profilemesh.core.drift.Comparison.Rule;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.TableProfile;

/** Row counts, relative. A table that is empty now and was not before has vanished. */
final class RowCountComparer {

  private RowCountComparer() {}

  static boolean isBounded(TableProfile profile) {
    MetricValue value = profile.metrics().get(Metric.ROW_COUNT);
    return profile.rowCountQuality() == Quality.EXACT
        || (value != null && value.lower() != null && value.upper() != null);
  }

  static Comparison compare(TableProfile baseline, TableProfile current) {
    double before = baseline.rowCount();
    double now = current.rowCount();
    return new Comparison(
        before,
        now,
        before,
        before,
        before,
        null,
        0,
        0,
        error(baseline) + error(current),
        now == 0 && before > 0 ? Rule.VANISHED : Rule.THRESHOLDS);
  }

  static double error(TableProfile profile) {
    MetricValue value = profile.metrics().get(Metric.ROW_COUNT);
    if (value == null || value.lower() == null || value.upper() == null) {
      return 0;
    }
    return Math.max(profile.rowCount() - value.lower(), value.upper() - profile.rowCount());
  }
}
