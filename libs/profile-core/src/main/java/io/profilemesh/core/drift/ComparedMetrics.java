package io.profilemesh.core.drift;

import static io.profilemesh.core.profile.Metric.BLANK_COUNT;
import static io.profilemesh.core.profile.Metric.BLANK_PERCENT;
import static io.profilemesh.core.profile.Metric.DISTINCT_COUNT;
import static io.profilemesh.core.profile.Metric.DISTINCT_PERCENT;
import static io.profilemesh.core.profile.Metric.NEGATIVE_COUNT;
import static io.profilemesh.core.profile.Metric.NEGATIVE_PERCENT;
import static io.profilemesh.core.profile.Metric.NULL_COUNT;
import static io.profilemesh.core.profile.Metric.NULL_PERCENT;
import static io.profilemesh.core.profile.Metric.TRUE_COUNT;
import static io.profilemesh.core.profile.Metric.TRUE_PERCENT;
import static io.profilemesh.core.profile.Metric.ZERO_COUNT;
import static io.profilemesh.core.profile.Metric.ZERO_PERCENT;

import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricNumbers;
import io.profilemesh.core.profile.MetricValue;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a column's metrics is compared: percents follow from counts, on both sides alike, so that
 * a history need not keep them and a rounded percent never looks like a change.
 */
final class ComparedMetrics {

  private static final Map<Metric, Metric> COUNT_OF = counts();
  private static final Metric[] METRICS = Metric.values();
  private static final @Nullable Metric[] COUNTS = countsByPlace();

  private static final MetricNumbers.Derivation BY_ROWS = ComparedMetrics::ofNumbers;

  private ComparedMetrics() {}

  /**
   * The column with its percents computed from its counts; a percent without a count stays as it
   * is.
   *
   * @param rows rows of the table
   */
  static ColumnProfile of(ColumnProfile column, long rows) {
    MetricNumbers numbers = MetricNumbers.of(column.metrics());
    return new ColumnProfile(
        column.column(),
        numbers == null ? ofValues(column, rows) : numbers.derived(rows, BY_ROWS),
        column.semanticType(),
        column.histogram(),
        column.quantiles(),
        column.frequentValues(),
        column.sketches(),
        column.valuesPublished());
  }

  private static MetricNumbers ofNumbers(MetricNumbers numbers, long rows) {
    double values = rows - numbers.numberOr(NULL_COUNT, 0);
    MetricNumbers.Builder compared = MetricNumbers.builder();
    for (Metric metric : METRICS) {
      Metric count = COUNTS[metric.ordinal()];
      if (count == null || !numbers.has(count)) {
        if (numbers.has(metric)) {
          copy(numbers, metric, compared, metric, 0);
        }
      } else {
        double whole = metric == NULL_PERCENT ? rows : values;
        if (whole > 0) {
          copy(numbers, count, compared, metric, whole);
        }
      }
    }
    return compared.build();
  }

  /** A number under another name; as percent of the whole where that is given. */
  private static void copy(
      MetricNumbers from, Metric metric, MetricNumbers.Builder to, Metric name, double whole) {
    double number = from.numberOr(metric, 0);
    double lower = from.lower(metric);
    double upper = from.upper(metric);
    if (whole > 0) {
      number = percent(number, whole);
      lower = percent(lower, whole);
      upper = percent(upper, whole);
    }
    to.put(name, number, from.quality(metric), lower, upper);
  }

  private static Map<Metric, MetricValue> ofValues(ColumnProfile column, long rows) {
    Map<Metric, MetricValue> metrics = new EnumMap<>(Metric.class);
    metrics.putAll(column.metrics());
    double values = rows - column.number(NULL_COUNT).orElse(0);
    COUNT_OF.forEach(
        (percent, count) -> {
          MetricValue part = metrics.get(count);
          if (part != null && part.number() != null) {
            double whole = percent == NULL_PERCENT ? rows : values;
            metrics.remove(percent);
            if (whole > 0) {
              metrics.put(percent, percent(part, whole));
            }
          }
        });
    return metrics;
  }

  private static MetricValue percent(MetricValue part, double whole) {
    Double number = part.number();
    if (number == null) {
      throw new IllegalArgumentException("a percent follows from a number");
    }
    Double lower = part.lower();
    Double upper = part.upper();
    return new MetricValue(
        percent(number, whole),
        null,
        part.quality(),
        lower == null ? null : (Double) percent(lower, whole),
        upper == null ? null : (Double) percent(upper, whole));
  }

  private static double percent(double part, double whole) {
    return Math.min(100, 100 * part / whole);
  }

  private static Map<Metric, Metric> counts() {
    Map<Metric, Metric> counts = new EnumMap<>(Metric.class);
    counts.put(NULL_PERCENT, NULL_COUNT);
    counts.put(DISTINCT_PERCENT, DISTINCT_COUNT);
    counts.put(ZERO_PERCENT, ZERO_COUNT);
    counts.put(NEGATIVE_PERCENT, NEGATIVE_COUNT);
    counts.put(BLANK_PERCENT, BLANK_COUNT);
    counts.put(TRUE_PERCENT, TRUE_COUNT);
    return counts;
  }

  private static @Nullable Metric[] countsByPlace() {
    @Nullable Metric[] counts = new Metric[METRICS.length];
    COUNT_OF.forEach((percent, count) -> counts[percent.ordinal()] = count);
    return counts;
  }
}
