package io.profilemesh.judgement.mapping;

import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.schema.ColumnDefinition;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.ColumnType;
import io.profilemesh.schema.FrequentValue;
import io.profilemesh.schema.MetricValue;
import io.profilemesh.schema.Quality;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.ValuePolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a profile of the core as the record that tells the drift service of a past run: what its
 * memory holds, without sketches and histograms.
 */
public final class SeedMapping {

  /** Frequent values of a column that the drift service remembers. */
  private static final int MOST_VALUES = 10;

  private SeedMapping() {}

  /**
   * The record of a run in one part; {@link ProfileMapping} reads it back.
   *
   * @param head what the record says of the run itself
   */
  public static TableProfile write(
      TableProfile.Builder head, io.profilemesh.core.profile.TableProfile profile) {
    return head.setRowCount(profile.rowCount())
        .setRowsScanned(profile.rowCount())
        .setRowCountQuality(quality(profile.rowCountQuality()))
        .setColumns(profile.columns().stream().map(SeedMapping::definition).toList())
        .setTableMetrics(metrics(profile.metrics()))
        .setColumnProfiles(profile.columnProfiles().stream().map(SeedMapping::column).toList())
        .build();
  }

  private static ColumnProfile column(io.profilemesh.core.profile.ColumnProfile column) {
    FrequentValues frequent = column.frequentValues();
    boolean published =
        frequent != null && frequent.values().stream().anyMatch(one -> one.value() != null);
    return ColumnProfile.newBuilder()
        .setColumn(definition(column.column()))
        .setMetrics(metrics(column.metrics()))
        .setQuantiles(quantiles(column.quantiles()))
        .setFrequentValues(frequentValues(frequent))
        .setValuePolicy(published ? ValuePolicy.PUBLISHED : ValuePolicy.REDACTED)
        .build();
  }

  private static ColumnDefinition definition(io.profilemesh.core.profile.ColumnDefinition column) {
    return new ColumnDefinition(
        column.name().value(),
        column.ordinal(),
        column.dataType(),
        ColumnType.valueOf(column.type().name()),
        column.nullable(),
        null);
  }

  private static List<MetricValue> metrics(
      Map<Metric, io.profilemesh.core.profile.MetricValue> metrics) {
    return metrics.entrySet().stream()
        .filter(one -> one.getValue().number() != null)
        .map(one -> metric(one.getKey(), one.getValue()))
        .toList();
  }

  private static MetricValue metric(Metric metric, io.profilemesh.core.profile.MetricValue value) {
    return new MetricValue(
        metric.wireName(),
        value.number(),
        null,
        quality(value.quality()),
        value.lower(),
        value.upper());
  }

  private static io.profilemesh.schema.@Nullable Quantiles quantiles(
      @Nullable Quantiles quantiles) {
    return quantiles == null
        ? null
        : new io.profilemesh.schema.Quantiles(
            quantiles.ranks(), quantiles.values(), quantiles.rankError());
  }

  private static io.profilemesh.schema.@Nullable FrequentValues frequentValues(
      @Nullable FrequentValues frequent) {
    if (frequent == null) {
      return null;
    }
    List<FrequentValue> values =
        frequent.values().stream()
            .limit(MOST_VALUES)
            .map(one -> new FrequentValue(one.value(), one.hash(), one.count(), one.countError()))
            .toList();
    return new io.profilemesh.schema.FrequentValues(
        values, frequent.total(), quality(frequent.quality()));
  }

  private static Quality quality(io.profilemesh.core.profile.Quality quality) {
    return Quality.valueOf(quality.name());
  }
}
