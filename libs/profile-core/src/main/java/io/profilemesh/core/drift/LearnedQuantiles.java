package io.profilemesh.core.drift;

import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.statistics.Distances;
import java.util.Arrays;
import java.util.Optional;

/** Wasserstein distance from the usual quantiles over the spread, against that of other runs. */
final class LearnedQuantiles {

  private static final double[] RANKS =
      Quantiles.RANKS.stream().mapToDouble(Double::doubleValue).toArray();

  private final LearnedColumn column;
  private final ColumnSeries series;
  private final ColumnView now;

  LearnedQuantiles(LearnedColumn column) {
    this.column = column;
    this.series = column.series();
    this.now = column.now();
  }

  /** The distance; empty where the column has none that means something. */
  Optional<Candidate> candidate() {
    EffectivePolicy policy = column.policy(Feature.DISTRIBUTION);
    double[] current = ColumnSeries.quantiles(now);
    if (!now.type().isNumeric()
        || !(column.spread() > 0)
        || !LearnedColumn.learns(policy)
        || column.hasFewDistinct()
        || column.isRunningNumber()
        || Double.isNaN(current[0])) {
      return Optional.empty();
    }
    ColumnSeries.Numbers[] past = present(series);
    double[] usual = new double[RANKS.length];
    Arrays.setAll(usual, i -> ColumnSeries.usual(past[i]));
    double[] distances = new double[past[0].values().length];
    Arrays.setAll(distances, run -> distance(usual, quantiles(past, run)));
    double[] reference =
        NearestNormal.of(
            usual,
            series.normal(MetricGroup.VALUE, MetricGroup.DISTRIBUTION).stream()
                .map(ColumnSeries::quantiles)
                .filter(normal -> !Double.isNaN(normal[0]))
                .toList(),
            from -> distance(from, current));
    double distance = distance(reference, current);
    return LearnedColumn.next(new ColumnSeries.Numbers(distances, past[0].phases()), policy)
        .map(
            forecast -> {
              double noise =
                  1 / Math.sqrt(Math.max(1, Math.min(column.usualValues(), now.values())));
              // A single run is off by chance as this one is; what is usual is the middle of many.
              double both = reference == usual ? noise : Math.sqrt(2) * noise;
              return column.distance(
                  forecast,
                  distance,
                  both,
                  0.75 * both,
                  1,
                  policy,
                  DistributionChange.ofQuantiles(reference, current, column.spread()));
            });
  }

  /** The series of all quantiles at the level that people expected, each of the same runs. */
  static ColumnSeries.Numbers[] present(ColumnSeries series) {
    ColumnSeries.Numbers[] present = new ColumnSeries.Numbers[RANKS.length];
    Arrays.setAll(
        present,
        i ->
            series.numbers(
                view -> ColumnSeries.quantile(view, i),
                MetricGroup.VALUE,
                MetricGroup.DISTRIBUTION));
    return present;
  }

  private static double[] quantiles(ColumnSeries.Numbers[] series, int run) {
    double[] quantiles = new double[series.length];
    Arrays.setAll(quantiles, i -> series[i].values()[run]);
    return quantiles;
  }

  private double distance(double[] from, double[] to) {
    return Distances.wasserstein(RANKS, from, to) / column.spread();
  }
}
