package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ComputedColumn.Distribution;
import io.profilemesh.core.profile.Histogram;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.profiler.dialect.PushdownDialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Quantiles, and the counts between edges that follow from the extremes, of one expression. */
final class PushdownSpread {

  private final PushdownDialect dialect;
  private final String expression;
  private final int bins;
  private final int[] quantilesAt = new int[Quantiles.RANKS.size()];
  private final double[] quantiles = new double[Quantiles.RANKS.size()];
  private boolean complete;
  private double[] edges = new double[0];
  private int[] binsAt = new int[0];
  private long[] counts = new long[0];

  /**
   * @param expression finite numbers and nulls
   */
  PushdownSpread(PushdownDialect dialect, String expression, int bins) {
    this.dialect = dialect;
    this.expression = dialect.asDouble(expression);
    this.bins = bins;
  }

  void select(PushdownSelect select) {
    for (int i = 0; i < quantilesAt.length; i++) {
      quantilesAt[i] = select.add(dialect.quantile(expression, Quantiles.RANKS.get(i)));
    }
  }

  void read(ResultSet row, double min, double max, long n) throws SQLException {
    complete = n > 0;
    for (int i = 0; i < quantilesAt.length; i++) {
      double value = row.getDouble(quantilesAt[i]);
      complete &= !row.wasNull() && Double.isFinite(value);
      quantiles[i] = Math.max(min, Math.min(max, value));
    }
    Arrays.sort(quantiles);
    if (complete && Double.isFinite(min) && Double.isFinite(max)) {
      edges = edges(min, max, n);
    }
  }

  void selectBins(PushdownSelect select) {
    if (binsAt.length > 0 || counts.length > 0 || edges.length < 2) {
      return;
    }
    binsAt = new int[edges.length - 1];
    for (int i = 0; i < binsAt.length; i++) {
      String below = i == binsAt.length - 1 ? " <= " : " < ";
      binsAt[i] =
          select.countIf(
              expression
                  + " >= "
                  + number(edges[i])
                  + " AND "
                  + expression
                  + below
                  + number(edges[i + 1]));
    }
  }

  void readBins(ResultSet row) throws SQLException {
    if (binsAt.length > 0) {
      counts = new long[binsAt.length];
      for (int i = 0; i < binsAt.length; i++) {
        counts[i] = row.getLong(binsAt[i]);
      }
    }
  }

  /**
   * @param unit what one of the expression is in the unit of the profile
   */
  @Nullable Distribution distribution(double unit) {
    if (!complete || edges.length < 2 || counts.length == 0) {
      return null;
    }
    List<Long> inBins = new ArrayList<>();
    for (long each : counts) {
      inBins.add(each);
    }
    return new Distribution(
        new Histogram(scaled(edges, unit), inBins, Quality.EXACT),
        new Quantiles(Quantiles.RANKS, scaled(quantiles, unit), dialect.rankError()));
  }

  /** One bin where all values are equal. */
  private double[] edges(double min, double max, long n) {
    if (min == max) {
      counts = new long[] {n};
      return new double[] {min, max};
    }
    double[] all = new double[bins + 1];
    for (int i = 0; i < bins; i++) {
      all[i] = min + (max - min) * i / bins;
    }
    all[bins] = max;
    return all;
  }

  private static List<Double> scaled(double[] values, double unit) {
    return Arrays.stream(values).map(value -> value * unit).boxed().toList();
  }

  private static String number(double value) {
    return value < 0 ? "(" + value + ")" : Double.toString(value);
  }
}
