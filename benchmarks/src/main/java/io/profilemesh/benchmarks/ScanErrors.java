package io.profilemesh.benchmarks;

import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.FrequentValues.FrequentValue;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.profile.TableProfile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far a profile is from the truth, which SQL computes, and whether it stays in its bounds. */
final class ScanErrors {

  /** Digits that a sum of three million doubles keeps, whoever sums. */
  private static final double ROUNDING = 1e-9;

  private static final int FREQUENT = 8;

  private final Connection connection;
  private final TableProfile profile;
  private final Map<String, NaiveQueries.Exact> exact;

  /** The largest error of one kind, the bound stated for it, and whether every bound held. */
  private static final class Largest {
    private double error;
    private double bound;
    private boolean within = true;

    void see(double seen, double stated) {
      if (seen > error || bound == 0) {
        error = Math.max(error, seen);
        bound = stated;
      }
      within &= seen <= stated;
    }

    Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("largest", error);
      figures.put("bound", bound);
      figures.put("withinBounds", within);
      return figures;
    }
  }

  ScanErrors(Connection connection, TableProfile profile, Map<String, NaiveQueries.Exact> exact) {
    this.connection = connection;
    this.profile = profile;
    this.exact = exact;
  }

  Map<String, Object> figures() throws SQLException {
    Largest counts = new Largest();
    Largest distinct = new Largest();
    Largest moments = new Largest();
    Largest ranks = new Largest();
    Largest frequent = new Largest();
    for (ColumnProfile column : profile.columnProfiles()) {
      NaiveQueries.Exact truth = exact.get(column.name().value());
      if (truth == null) {
        throw new IllegalStateException("a column has no truth");
      }
      counts.see(Math.abs(number(column, Metric.COUNT) - truth.count()), 0);
      counts.see(Math.abs(number(column, Metric.NULL_COUNT) - truth.nulls()), 0);
      distinct(column, truth, distinct);
      moments(column, truth, moments);
      Quantiles quantiles = column.quantiles();
      if (quantiles != null) {
        for (double error : rankErrors(column, quantiles)) {
          ranks.see(error, quantiles.rankError());
        }
      }
      frequent(column, frequent);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("count", counts.figures());
    figures.put("distinct", distinct.figures());
    figures.put("moments", moments.figures());
    figures.put("rank", ranks.figures());
    figures.put("frequentShare", frequent.figures());
    return figures;
  }

  /** Relative, against the bound on the side of the truth. */
  private static void distinct(ColumnProfile column, NaiveQueries.Exact truth, Largest largest) {
    MetricValue stated = column.metric(Metric.DISTINCT_COUNT).orElseThrow();
    double value = number(column, Metric.DISTINCT_COUNT);
    Double bound = truth.distinct() < value ? stated.lower() : stated.upper();
    double error = Math.abs(value - truth.distinct()) / truth.distinct();
    largest.see(error, bound == null ? 0 : Math.abs(value - bound) / truth.distinct());
  }

  /** Relative differences of mean and deviation. */
  private static void moments(ColumnProfile column, NaiveQueries.Exact truth, Largest largest) {
    boolean text = column.column().type() == ColumnType.TEXT;
    see(column, text ? Metric.AVERAGE_LENGTH : Metric.MEAN, truth.mean(), largest);
    see(column, Metric.STANDARD_DEVIATION, truth.deviation(), largest);
  }

  private static void see(
      ColumnProfile column, Metric metric, @Nullable Double truth, Largest largest) {
    if (truth != null) {
      double stated = number(column, metric);
      largest.see(Math.abs(stated - truth) / Math.max(1e-300, Math.abs(truth)), ROUNDING);
    }
  }

  /** How far each stated quantile lies from its rank. */
  private double[] rankErrors(ColumnProfile column, Quantiles quantiles) throws SQLException {
    boolean temporal = column.column().type().isTemporal();
    String name = column.name().value();
    String value =
        temporal ? "(extract(epoch FROM " + name + ") * 1000)::float8" : name + "::float8";
    StringBuilder sql = new StringBuilder("SELECT count(v)");
    for (double at : quantiles.values()) {
      sql.append(", count(*) FILTER (WHERE v < ").append(at).append("::float8)");
      sql.append(", count(*) FILTER (WHERE v <= ").append(at).append("::float8)");
    }
    sql.append(" FROM (SELECT ").append(value).append(" AS v FROM ").append(ScanTable.ORDERS);
    sql.append(" OFFSET 0) s");
    try (PreparedStatement statement = connection.prepareStatement(sql.toString());
        ResultSet row = statement.executeQuery()) {
      row.next();
      double n = row.getDouble(1);
      double[] errors = new double[quantiles.ranks().size()];
      for (int i = 0; i < errors.length; i++) {
        double rank = quantiles.ranks().get(i);
        double below = row.getDouble(2 + 2 * i) / n;
        double upTo = row.getDouble(3 + 2 * i) / n;
        errors[i] = Math.max(0, Math.max(rank - upTo, below - rank));
      }
      return errors;
    }
  }

  /** Shares of all values by which stated counts fall short; one above the truth has no bound. */
  private void frequent(ColumnProfile column, Largest largest) throws SQLException {
    if (column.frequentValues() == null) {
      return;
    }
    double total = Math.max(1, column.frequentValues().total());
    List<FrequentValue> values = column.frequentValues().values();
    String sql =
        "SELECT count(*) FROM "
            + ScanTable.ORDERS
            + " WHERE "
            + column.name().value()
            + " = CAST(? AS "
            + column.column().dataType()
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (FrequentValue value : values.subList(0, Math.min(FREQUENT, values.size()))) {
        statement.setString(1, value.value());
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          double shortfall = row.getLong(1) - value.count();
          double bound = shortfall < 0 ? -1 : value.countError();
          largest.see(Math.abs(shortfall) / total, bound / total);
        }
      }
    }
  }

  private static double number(ColumnProfile column, Metric metric) {
    return column.number(metric).orElseThrow();
  }
}
