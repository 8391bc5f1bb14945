package io.profilemesh.core.profile;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Everything measured on one column.
 *
 * @param metrics in the order of {@link Metric}
 * @param semanticType inferred meaning, or null
 * @param histogram of numbers, dates and times, or null
 * @param quantiles of numbers, dates and times, or null
 * @param frequentValues null where they were not kept
 * @param valuesPublished whether literal text values are in this profile
 */
public record ColumnProfile(
    ColumnDefinition column,
    Map<Metric, MetricValue> metrics,
    @Nullable SemanticType semanticType,
    @Nullable Histogram histogram,
    @Nullable Quantiles quantiles,
    @Nullable FrequentValues frequentValues,
    List<Sketch> sketches,
    boolean valuesPublished) {

  public ColumnProfile {
    if (!(metrics instanceof MetricNumbers)) {
      Map<Metric, MetricValue> ordered = new EnumMap<>(Metric.class);
      ordered.putAll(metrics);
      metrics = Collections.unmodifiableMap(ordered);
    }
    sketches = List.copyOf(sketches);
  }

  public ColumnName name() {
    return column.name();
  }

  /**
   * The same with the number of distinct values as the source counted it.
   *
   * @param values values read that are not null
   * @param quality ESTIMATE where a sample was read: then it is a lower bound
   */
  public ColumnProfile withDistinctCount(long distinct, long values, Quality quality) {
    boolean sample = quality == Quality.ESTIMATE;
    Map<Metric, MetricValue> changed = new EnumMap<>(metrics);
    changed.put(
        Metric.DISTINCT_COUNT,
        new MetricValue((double) distinct, null, quality, sample ? (double) distinct : null, null));
    if (values > 0) {
      changed.put(
          Metric.DISTINCT_PERCENT,
          new MetricValue(100.0 * distinct / values, null, quality, null, null));
    }
    return new ColumnProfile(
        column,
        changed,
        semanticType,
        histogram,
        quantiles,
        frequentValues,
        sketches,
        valuesPublished);
  }

  /** The value of a metric, or empty when the column does not have it. */
  public Optional<MetricValue> metric(Metric metric) {
    return Optional.ofNullable(metrics.get(metric));
  }

  /** The number of a metric, or empty when the column does not have it as a number. */
  public OptionalDouble number(Metric metric) {
    if (metrics instanceof MetricNumbers numbers) {
      return numbers.has(metric)
          ? OptionalDouble.of(numbers.numberOr(metric, 0))
          : OptionalDouble.empty();
    }
    MetricValue value = metrics.get(metric);
    return value == null || value.number() == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(value.number());
  }
}
