package io.profilemesh.core.profile;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one run found out about one dataset.
 *
 * @param scannedAt when the scan began: the instant the profile speaks of
 * @param rowCount rows of the table or slice
 * @param columns every column of the table in order, profiled or not
 * @param metrics metrics of the table, in the order of {@link Metric}
 * @param columnProfiles the profiled columns, in the order of the table
 */
public record TableProfile(
    RunId runId,
    DatasetId dataset,
    Instant scannedAt,
    long rowCount,
    Quality rowCountQuality,
    List<ColumnDefinition> columns,
    Map<Metric, MetricValue> metrics,
    List<ColumnProfile> columnProfiles) {

  public TableProfile {
    if (rowCount < 0) {
      throw new IllegalArgumentException("a row count is not negative");
    }
    columns = List.copyOf(columns);
    Map<Metric, MetricValue> ordered = new EnumMap<>(Metric.class);
    ordered.putAll(metrics);
    metrics = Collections.unmodifiableMap(ordered);
    columnProfiles = List.copyOf(columnProfiles);
  }

  /** The profile of a column, or empty when it was not profiled. */
  public Optional<ColumnProfile> column(ColumnName name) {
    return columnProfiles.stream().filter(profile -> profile.name().equals(name)).findFirst();
  }
}
