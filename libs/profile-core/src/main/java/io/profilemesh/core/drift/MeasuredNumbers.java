package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.TableProfile;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a run measured, by the names that judgements have. */
public final class MeasuredNumbers {

  private MeasuredNumbers() {}

  /**
   * The number; empty when the run does not have it, when it follows from other runs too (a
   * distance), or when it moves with the clock (a date).
   *
   * @param column null: the table
   * @param metric name of the metric in a judgement
   */
  public static OptionalDouble of(TableProfile run, @Nullable ColumnName column, String metric) {
    if (column == null) {
      return ofTable(run, metric);
    }
    Optional<ColumnProfile> profile = run.column(column);
    if (profile.isEmpty()) {
      return OptionalDouble.empty();
    }
    ColumnProfile compared = ComparedMetrics.of(profile.get(), run.rowCount());
    boolean moves = compared.column().type().isTemporal();
    Optional<Metric> known = Metric.ofWireName(metric);
    if (known.isPresent()) {
      return moves && known.get().unit() == Metric.Unit.INSTANT
          ? OptionalDouble.empty()
          : compared.number(known.get());
    }
    return moves ? OptionalDouble.empty() : quantile(compared, run, metric);
  }

  private static OptionalDouble ofTable(TableProfile run, String metric) {
    if (metric.equals(Metric.ROW_COUNT.wireName())) {
      return OptionalDouble.of(run.rowCount());
    }
    return Metric.ofWireName(metric)
        .map(run.metrics()::get)
        .map(MetricValue::number)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  private static OptionalDouble quantile(ColumnProfile column, TableProfile run, String metric) {
    for (Feature feature : Feature.ALL) {
      if (feature.isQuantile() && feature.name().equals(metric)) {
        double value =
            ColumnSeries.quantile(
                new ColumnView(column, run.rowCount(), run.scannedAt()), feature.rank());
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
      }
    }
    return OptionalDouble.empty();
  }
}
