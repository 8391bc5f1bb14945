package io.profilemesh.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules of one column's profile: each gives a sentence, or null when all is well. */
final class ColumnRules {

  private static final int MOST_METRICS = 250;
  private static final int LARGEST_SKETCH = 1 << 20;

  private ColumnRules() {}

  static @Nullable String problem(ColumnProfile column, double rows) {
    if (!Shapes.isName(column.getColumn().getName())) {
      return "a profiled column lacks a printable name.";
    }
    String problem = metrics(column.getMetrics());
    problem = Parts.first(problem, relations(column.getMetrics(), rows));
    problem = Parts.first(problem, histogram(column.getHistogram()));
    problem = Parts.first(problem, quantiles(column.getQuantiles()));
    problem = Parts.first(problem, frequentValues(column));
    problem = Parts.first(problem, sketches(column.getSketches()));
    SemanticType type = column.getSemanticType();
    return problem == null && type != null && !Shapes.isShare(type.getConfidence())
        ? "the confidence of a semantic type lies outside 0 to 1."
        : problem;
  }

  static @Nullable String metrics(List<MetricValue> metrics) {
    if (metrics.size() > MOST_METRICS) {
      return "a column or table has too many metrics.";
    }
    for (int i = 0; i < metrics.size(); i++) {
      MetricValue metric = metrics.get(i);
      if (!Shapes.isName(metric.getName())) {
        return "a metric lacks a name.";
      }
      if (!Shapes.isFinite(metric.getNumber())) {
        return "a metric is not a finite number.";
      }
      if (!Shapes.isRange(metric.getLower(), metric.getUpper())) {
        return "the bounds of a metric are not finite or upside down.";
      }
      for (int j = 0; j < i; j++) {
        if (metrics.get(j).getName().equals(metric.getName())) {
          return "a metric appears twice.";
        }
      }
    }
    return null;
  }

  /** What must hold of single metrics and between those of a column of this many rows. */
  private static @Nullable String relations(List<MetricValue> metrics, double rows) {
    for (MetricValue metric : metrics) {
      Double number = metric.getNumber();
      if (number == null) {
        continue;
      }
      if (metric.getName().endsWith("_percent") && (number < 0 || number > 100)) {
        return "a percent lies outside 0 to 100.";
      }
      if (metric.getName().endsWith("_count") && number < 0) {
        return "a count is negative.";
      }
    }
    Double nulls = number(metrics, "null_count");
    if (nulls != null && nulls > rows) {
      return "a column has more nulls than the table has rows.";
    }
    return upsideDown(metrics, "min", "max")
            || upsideDown(metrics, "earliest", "latest")
            || upsideDown(metrics, "min_length", "max_length")
        ? "the least value of a column is above its greatest."
        : null;
  }

  private static boolean upsideDown(List<MetricValue> metrics, String least, String greatest) {
    Double low = number(metrics, least);
    Double high = low == null ? null : number(metrics, greatest);
    return low != null && high != null && low > high;
  }

  private static @Nullable Double number(List<MetricValue> metrics, String name) {
    for (MetricValue metric : metrics) {
      if (metric.getName().equals(name)) {
        return metric.getNumber();
      }
    }
    return null;
  }

  private static @Nullable String histogram(@Nullable Histogram histogram) {
    if (histogram == null) {
      return null;
    }
    List<Double> edges = histogram.getEdges();
    List<Long> counts = histogram.getCounts();
    if (edges.size() != counts.size() + 1 && !(edges.isEmpty() && counts.isEmpty())) {
      return "a histogram does not have one edge more than counts.";
    }
    if (!ascending(edges)) {
      return "the edges of a histogram are not finite or not ascending.";
    }
    for (long count : counts) {
      if (count < 0) {
        return "a count of a histogram is negative.";
      }
    }
    return null;
  }

  private static @Nullable String quantiles(@Nullable Quantiles quantiles) {
    if (quantiles == null) {
      return null;
    }
    List<Double> ranks = quantiles.getRanks();
    if (ranks.size() != quantiles.getValues().size()) {
      return "quantiles do not have as many values as ranks.";
    }
    if (!ascending(ranks) || !ascending(quantiles.getValues())) {
      return "quantiles are not finite or not sorted.";
    }
    boolean outside = !ranks.isEmpty() && (ranks.get(0) < 0 || ranks.get(ranks.size() - 1) > 1);
    return outside || !Shapes.isShare(quantiles.getRankError())
        ? "a rank or rank error of quantiles lies outside 0 to 1."
        : null;
  }

  private static boolean ascending(List<Double> numbers) {
    double last = Double.NEGATIVE_INFINITY;
    for (double number : numbers) {
      if (!Double.isFinite(number) || number < last) {
        return false;
      }
      last = number;
    }
    return true;
  }

  private static @Nullable String frequentValues(ColumnProfile column) {
    FrequentValues frequent = column.getFrequentValues();
    if (frequent == null) {
      return null;
    }
    if (frequent.getTotal() < 0) {
      return "the total of frequent values is negative.";
    }
    boolean redacted = column.getValuePolicy() != ValuePolicy.PUBLISHED && isPrivate(column);
    long last = Long.MAX_VALUE;
    for (FrequentValue value : frequent.getValues()) {
      if (value.getCount() < 0 || value.getCountError() < 0 || value.getCount() > last) {
        return "the counts of frequent values are negative or not descending.";
      }
      if (redacted && value.getValue() != null) {
        return "a value stands in clear where the value policy hides it.";
      }
      last = value.getCount();
    }
    return last != Long.MAX_VALUE && frequent.getValues().get(0).getCount() > frequent.getTotal()
        ? "a frequent value occurs more often than there are values."
        : null;
  }

  /** Whether literal values of the column's type leave the profiler only when published. */
  private static boolean isPrivate(ColumnProfile column) {
    return switch (column.getColumn().getColumnType()) {
      case TEXT, UUID, BINARY, JSON, ARRAY, OTHER -> true;
      case INTEGER, DECIMAL, FLOAT, BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_ZONE, UNKNOWN ->
          false;
    };
  }

  private static @Nullable String sketches(List<Sketch> sketches) {
    for (Sketch sketch : sketches) {
      if (!Shapes.isName(sketch.getFormat())
          || !sketch.getData().hasRemaining()
          || sketch.getData().remaining() > LARGEST_SKETCH) {
        return "a sketch lacks a format, is empty or too large.";
      }
      if (!Double.isFinite(sketch.getError()) || sketch.getError() < 0) {
        return "the error of a sketch is not a finite number.";
      }
    }
    return null;
  }
}
