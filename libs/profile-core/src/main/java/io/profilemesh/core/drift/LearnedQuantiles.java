package io.profilemesh.core.drift;

import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.statistics.Distances;
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
    double[] usual = new double[RANKS.length];
    for (int i = 0; i < usual.length; i++) {
      int index = i;
      usual[i] = series.usual(view -> ColumnSeries.quantile(view, index));
    }
    double distance = Distances.wasserstein(RANKS, usual, current) / column.spread();
    return column
        .next(
            view ->
                Distances.wasserstein(RANKS, usual, ColumnSeries.quantiles(view)) / column.spread(),
            policy)
        .map(
            forecast -> {
              double noise =
                  1 / Math.sqrt(Math.max(1, Math.min(column.usualValues(), now.values())));
              return column.distance(
                  forecast,
                  distance,
                  noise,
                  0.75 * noise,
                  1,
                  policy,
                  DistributionChange.ofQuantiles(usual, current, column.spread()));
            });
  }
}
