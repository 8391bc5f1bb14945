package io.profilemesh.core.drift;

import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.statistics.Line;
import java.util.Optional;

/**
 * The position of the lower half of the values, given how far they lie apart. Where a bad day
 * stretches a distribution, its centre moves with its spread; a shift moves it alone.
 */
final class LearnedPosition {

  /** From so many runs on a position is expected to follow the spread. */
  private static final int RUNS_FOR_LINE = 15;

  private static final int P10 = Quantiles.RANKS.indexOf(0.1);
  private static final int P25 = Quantiles.RANKS.indexOf(0.25);
  private static final int P50 = Quantiles.RANKS.indexOf(0.5);
  private static final int P90 = Quantiles.RANKS.indexOf(0.9);

  private final LearnedColumn column;
  private final ColumnSeries series;
  private final ColumnView now;

  LearnedPosition(LearnedColumn column) {
    this.column = column;
    this.series = column.series();
    this.now = column.now();
  }

  /** The position beside what the spread lets expect; empty where that means nothing. */
  Optional<Candidate> candidate() {
    EffectivePolicy policy = column.policy(Feature.POSITION);
    if (!now.type().isNumeric()
        || !(column.spread() > 0)
        || !LearnedColumn.learns(policy)
        || column.hasFewDistinct()
        || column.isRunningNumber()
        || Double.isNaN(width(now))) {
      return Optional.empty();
    }
    ColumnSeries.Numbers[] past = LearnedQuantiles.present(series);
    int n = past[0].values().length;
    if (n < Math.max(RUNS_FOR_LINE, policy.minimumHistory())) {
      return Optional.empty();
    }
    double[] widths = new double[n];
    double[] centres = new double[n];
    for (int i = 0; i < n; i++) {
      widths[i] = past[P90].values()[i] - past[P10].values()[i];
      centres[i] = (past[P10].values()[i] + past[P25].values()[i] + past[P50].values()[i]) / 3;
    }
    Line line = Line.through(widths, centres);
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = centres[i] - line.slope() * widths[i];
    }
    double moved = line.slope() * width(now);
    return LearnedColumn.next(new ColumnSeries.Numbers(rest, past[0].phases()), policy)
        .map(
            forecast -> {
              double scale =
                  Math.max(
                      forecast.scale() * line.leverage(width(now), n),
                      column.spread()
                          / Math.sqrt(Math.max(1, Math.min(column.usualValues(), now.values()))));
              double expected = forecast.expected() + moved;
              double low = expected;
              double high = expected;
              for (ColumnView view : series.normal(MetricGroup.VALUE, MetricGroup.DISTRIBUTION)) {
                double normal = centre(view) + line.slope() * (width(now) - width(view));
                if (!Double.isNaN(normal)) {
                  low = Math.min(low, normal);
                  high = Math.max(high, normal);
                }
              }
              double distance = Math.max(0, Math.max(low - centre(now), centre(now) - high));
              double sketch = column.slope(P25) * column.rankError();
              return new Candidate(
                  Feature.POSITION,
                  MetricGroup.VALUE,
                  null,
                  forecast.shifted(moved),
                  centre(now),
                  low,
                  high,
                  scale,
                  sketch,
                  0,
                  1 / column.spread(),
                  distance / column.spread(),
                  false,
                  false,
                  policy,
                  policy.silences(now.at()),
                  null);
            });
  }

  private static double width(ColumnView view) {
    return ColumnSeries.quantile(view, P90) - ColumnSeries.quantile(view, P10);
  }

  private static double centre(ColumnView view) {
    return (ColumnSeries.quantile(view, P10)
            + ColumnSeries.quantile(view, P25)
            + ColumnSeries.quantile(view, P50))
        / 3;
  }
}
