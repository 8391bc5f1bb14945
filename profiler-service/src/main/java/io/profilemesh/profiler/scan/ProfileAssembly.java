package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnAccumulator;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.ProfileSettings;
import io.profilemesh.core.profile.SampleScope;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.profiler.dialect.SourceColumn;
import io.profilemesh.profiler.dialect.TableDescription;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Makes the profile of a table from what its columns accumulated. */
final class ProfileAssembly {

  private final ScanRequest request;
  private final List<SourceColumn> columns;
  private final TableDescription table;
  private final @Nullable Long bytes;
  private final SampleScope scope;
  private final Map<ColumnName, Long> distinctCounts;

  /**
   * @param table as it was read
   * @param columns those of it that were profiled, in the order of the outcome
   * @param bytes size of the table in the source, or null when it has none of its own
   * @param distinctCounts what the source counted itself
   */
  ProfileAssembly(
      ScanRequest request,
      TableDescription table,
      List<SourceColumn> columns,
      @Nullable Long bytes,
      SampleScope scope,
      Map<ColumnName, Long> distinctCounts) {
    this.request = request;
    this.table = table;
    this.columns = columns;
    this.bytes = bytes;
    this.scope = scope;
    this.distinctCounts = distinctCounts;
  }

  TableProfile assemble(RangeScan.Outcome outcome, ScanFacts facts) {
    List<ColumnProfile> profiles = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      SourceColumn column = columns.get(i);
      ColumnAccumulator accumulator = outcome.accumulators().get(i);
      ColumnProfile profile = accumulator.profile(column.definition(), settings(column.name()));
      Long distinct = distinctCounts.get(column.name());
      profiles.add(
          distinct == null
              ? profile
              : profile.withDistinctCount(distinct, accumulator.count(), scope.quality()));
    }
    return assemble(profiles, outcome.rows(), facts);
  }

  /**
   * Makes the profile of a table from those of its columns.
   *
   * @param read rows read
   */
  TableProfile assemble(List<ColumnProfile> profiles, long read, ScanFacts facts) {
    MetricValue rows = scope.count(read);
    Map<Metric, MetricValue> metrics = new EnumMap<>(Metric.class);
    metrics.put(Metric.ROW_COUNT, rows);
    metrics.put(Metric.COLUMN_COUNT, MetricValue.exact(table.columns().size()));
    if (bytes != null) {
      metrics.put(Metric.BYTES, MetricValue.exact(bytes));
    }
    dataAge(profiles, facts).ifPresent(age -> metrics.put(Metric.DATA_AGE, age(age)));
    return new TableProfile(
        request.runId(),
        request.dataset(),
        facts.startedAt(),
        Math.round(rows.number() == null ? 0 : rows.number()),
        rows.quality(),
        table.definitions(),
        metrics,
        profiles);
  }

  /** How the profile of a column is stated. */
  ProfileSettings settings(ColumnName column) {
    return new ProfileSettings(
        request.valuePolicies().of(column),
        request.hasher(),
        scope,
        request.histogramBins(),
        ProfileSettings.FREQUENT_VALUES);
  }

  /** Milliseconds from the latest value of the chosen column to the scan. */
  private OptionalDouble dataAge(List<ColumnProfile> profiles, ScanFacts facts) {
    return profiles.stream()
        .filter(profile -> profile.name().equals(request.freshnessColumn()))
        .map(profile -> profile.number(Metric.LATEST))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(latest -> facts.startedAt().toEpochMilli() - latest.getAsDouble())
        .findFirst();
  }

  private MetricValue age(double millis) {
    return new MetricValue(millis, null, scope.quality(), null, null);
  }
}
