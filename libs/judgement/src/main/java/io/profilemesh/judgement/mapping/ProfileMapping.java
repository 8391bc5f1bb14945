package io.profilemesh.judgement.mapping;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.FrequentValues.FrequentValue;
import io.profilemesh.core.profile.Histogram;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.schema.SlicePeriod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a profile into the core's own. Takes what drift is judged by: definitions,
 * metrics, quantiles and frequent values; metrics of a newer writer, unknown here, are left out.
 */
public final class ProfileMapping {

  private ProfileMapping() {}

  /**
   * The profile that the parts make together.
   *
   * @param parts all parts of one attempt, part 0 first
   * @throws IllegalArgumentException when they contradict each other or the rules of the core; the
   *     message holds no value of the records
   */
  public static TableProfile read(List<io.profilemesh.schema.TableProfile> parts) {
    io.profilemesh.schema.TableProfile head = parts.get(0);
    List<ColumnProfile> profiles = new ArrayList<>();
    Set<ColumnName> seen = new HashSet<>();
    for (io.profilemesh.schema.TableProfile part : parts) {
      for (io.profilemesh.schema.ColumnProfile column : part.getColumnProfiles()) {
        ColumnProfile profile = column(column);
        if (!seen.add(profile.name())) {
          throw new IllegalArgumentException("a column is profiled in two parts");
        }
        profiles.add(profile);
      }
    }
    profiles.sort(Comparator.comparingInt(profile -> profile.column().ordinal()));
    return new TableProfile(
        RunId.parse(head.getRunId()),
        DatasetId.parse(head.getDatasetId()),
        placeInTime(head),
        head.getRowCount(),
        quality(head.getRowCountQuality()),
        definitions(head, profiles),
        metrics(head.getTableMetrics()),
        profiles);
  }

  /** The period's start orders the runs of a slice, the scan's start those of a whole table. */
  private static Instant placeInTime(io.profilemesh.schema.TableProfile head) {
    SlicePeriod slice = head.getSlice();
    return slice == null ? head.getScanStartedAt() : slice.getStart();
  }

  /** The column list of part 0; of a writer that leaves it out, the profiled columns. */
  private static List<ColumnDefinition> definitions(
      io.profilemesh.schema.TableProfile head, List<ColumnProfile> profiles) {
    List<ColumnDefinition> listed =
        head.getColumns().stream().map(ProfileMapping::definition).toList();
    if (listed.isEmpty()) {
      return profiles.stream().map(ColumnProfile::column).toList();
    }
    Set<ColumnName> names = new HashSet<>();
    listed.forEach(column -> names.add(column.name()));
    if (!profiles.stream().allMatch(profile -> names.contains(profile.name()))) {
      throw new IllegalArgumentException("a profiled column is missing in the column list");
    }
    return listed;
  }

  private static ColumnProfile column(io.profilemesh.schema.ColumnProfile column) {
    return new ColumnProfile(
        definition(column.getColumn()),
        metrics(column.getMetrics()),
        null,
        histogram(column),
        quantiles(column.getQuantiles()),
        frequentValues(column.getFrequentValues()),
        List.of(),
        false);
  }

  /** Of dates and times, whose gaps say which part of a load is missing. */
  private static @Nullable Histogram histogram(io.profilemesh.schema.ColumnProfile column) {
    io.profilemesh.schema.Histogram histogram = column.getHistogram();
    return histogram == null || !type(column.getColumn().getColumnType()).isTemporal()
        ? null
        : new Histogram(
            histogram.getEdges(), histogram.getCounts(), quality(histogram.getQuality()));
  }

  private static @Nullable Quantiles quantiles(
      io.profilemesh.schema.@Nullable Quantiles quantiles) {
    return quantiles == null
        ? null
        : new Quantiles(quantiles.getRanks(), quantiles.getValues(), quantiles.getRankError());
  }

  private static @Nullable FrequentValues frequentValues(
      io.profilemesh.schema.@Nullable FrequentValues frequent) {
    if (frequent == null) {
      return null;
    }
    return new FrequentValues(
        frequent.getValues().stream()
            .map(
                value ->
                    new FrequentValue(
                        value.getValue(), value.getHash(), value.getCount(), value.getCountError()))
            .toList(),
        frequent.getTotal(),
        quality(frequent.getQuality()));
  }

  private static ColumnDefinition definition(io.profilemesh.schema.ColumnDefinition column) {
    return new ColumnDefinition(
        new ColumnName(column.getName()),
        column.getOrdinal(),
        column.getDataType(),
        type(column.getColumnType()),
        column.getNullable(),
        null);
  }

  private static Map<Metric, MetricValue> metrics(List<io.profilemesh.schema.MetricValue> values) {
    Map<Metric, MetricValue> metrics = new EnumMap<>(Metric.class);
    for (io.profilemesh.schema.MetricValue value : values) {
      if (value.getNumber() != null) {
        Metric.ofWireName(value.getName()).ifPresent(metric -> metrics.put(metric, value(value)));
      }
    }
    return metrics;
  }

  private static MetricValue value(io.profilemesh.schema.MetricValue value) {
    return new MetricValue(
        value.getNumber(), null, quality(value.getQuality()), value.getLower(), value.getUpper());
  }

  private static ColumnType type(io.profilemesh.schema.ColumnType type) {
    return type == io.profilemesh.schema.ColumnType.UNKNOWN
        ? ColumnType.OTHER
        : ColumnType.valueOf(type.name());
  }

  private static Quality quality(io.profilemesh.schema.Quality quality) {
    return quality == io.profilemesh.schema.Quality.UNKNOWN
        ? Quality.ESTIMATE
        : Quality.valueOf(quality.name());
  }
}
