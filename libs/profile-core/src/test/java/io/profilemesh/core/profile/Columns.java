package io.profilemesh.core.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recipe of one column of a built profile; see {@link Profiles}. Immutable. */
public record Columns(
    ColumnName name,
    String dataType,
    ColumnType type,
    @Nullable Boolean nullable,
    double nullPercent,
    Shape shape,
    @Nullable SemanticType semanticType,
    Map<Metric, MetricValue> overrides) {

  /** How the non-null values of a column are spread. */
  public sealed interface Shape {

    /** Logistic around a mean: a bell with closed-form quantiles. */
    record Numbers(double mean, double standardDeviation, double distinctShare) implements Shape {

      double valueAt(double rank) {
        return mean + scale() * Math.log(rank / (1 - rank));
      }

      double rankOf(double value) {
        return 1 / (1 + Math.exp(-(value - mean) / scale()));
      }

      private double scale() {
        return standardDeviation * Math.sqrt(3) / Math.PI;
      }
    }

    /** Even between two instants. */
    record Instants(Instant from, Instant to) implements Shape {}

    /** Texts that mostly differ. */
    record Texts(double distinctShare, double averageLength) implements Shape {}

    /** Few texts with shares between 0 and 1. */
    record Categories(Map<String, Double> shares) implements Shape {}

    record Booleans(double trueShare) implements Shape {}
  }

  /** A key: 1, 2, 3 and so on, never null. */
  public static Columns identifiers(String name) {
    return of(name, "bigint", ColumnType.INTEGER, new Shape.Numbers(500, 289, 1))
        .withNullable(false);
  }

  public static Columns numbers(
      String name, ColumnType type, double mean, double standardDeviation) {
    String dataType =
        type == ColumnType.INTEGER
            ? "integer"
            : type == ColumnType.DECIMAL ? "numeric(12,2)" : "double precision";
    return of(name, dataType, type, new Shape.Numbers(mean, standardDeviation, 0.5));
  }

  public static Columns texts(String name, double distinctShare, double averageLength) {
    return of(name, "text", ColumnType.TEXT, new Shape.Texts(distinctShare, averageLength));
  }

  public static Columns categories(String name, Map<String, Double> shares) {
    return of(name, "text", ColumnType.TEXT, new Shape.Categories(new LinkedHashMap<>(shares)));
  }

  public static Columns booleans(String name, double trueShare) {
    return of(name, "boolean", ColumnType.BOOLEAN, new Shape.Booleans(trueShare));
  }

  public static Columns instants(String name, Instant from, Instant to) {
    return of(
        name,
        "timestamp with time zone",
        ColumnType.TIMESTAMP_WITH_ZONE,
        new Shape.Instants(from, to));
  }

  private static Columns of(String name, String dataType, ColumnType type, Shape shape) {
    return new Columns(new ColumnName(name), dataType, type, true, 0, shape, null, Map.of());
  }

  public Columns withName(String value) {
    return new Columns(
        new ColumnName(value),
        dataType,
        type,
        nullable,
        nullPercent,
        shape,
        semanticType,
        overrides);
  }

  public Columns withDataType(String value, ColumnType columnType) {
    return new Columns(
        name, value, columnType, nullable, nullPercent, shape, semanticType, overrides);
  }

  public Columns withNullable(@Nullable Boolean value) {
    return new Columns(name, dataType, type, value, nullPercent, shape, semanticType, overrides);
  }

  public Columns withNullPercent(double value) {
    return new Columns(name, dataType, type, nullable, value, shape, semanticType, overrides);
  }

  public Columns withSemanticType(String value, double confidence) {
    return new Columns(
        name,
        dataType,
        type,
        nullable,
        nullPercent,
        shape,
        new SemanticType(value, confidence),
        overrides);
  }

  public Columns withShape(Shape value) {
    return new Columns(name, dataType, type, nullable, nullPercent, value, semanticType, overrides);
  }

  public Columns withMean(double mean) {
    if (!(shape instanceof Shape.Numbers numbers)) {
      throw new IllegalArgumentException(name + " holds no numbers");
    }
    return withShape(new Shape.Numbers(mean, numbers.standardDeviation(), numbers.distinctShare()));
  }

  public Columns withCategories(Map<String, Double> shares) {
    return withShape(new Shape.Categories(new LinkedHashMap<>(shares)));
  }

  public Columns withMetric(Metric metric, MetricValue value) {
    Map<Metric, MetricValue> more = new EnumMap<>(Metric.class);
    more.putAll(overrides);
    more.put(metric, value);
    return new Columns(name, dataType, type, nullable, nullPercent, shape, semanticType, more);
  }

  ColumnProfile profile(int ordinal, long rows) {
    long nulls = Math.round(rows * nullPercent / 100);
    Draft draft = new Draft(this, ordinal, rows, nulls);
    if (shape instanceof Shape.Numbers numbers) {
      draft.numbers(numbers);
    } else if (shape instanceof Shape.Instants instants) {
      draft.instants(instants);
    } else if (shape instanceof Shape.Texts texts) {
      draft.texts(texts);
    } else if (shape instanceof Shape.Categories categories) {
      draft.categories(categories);
    } else if (shape instanceof Shape.Booleans booleans) {
      draft.booleans(booleans);
    }
    return draft.build();
  }

  /** A profile in the making. */
  private static final class Draft {
    private static final int BINS = 10;

    private final Columns column;
    private final int ordinal;
    private final long count;
    private final Map<Metric, MetricValue> metrics = new EnumMap<>(Metric.class);
    private @Nullable Histogram histogram;
    private @Nullable Quantiles quantiles;
    private @Nullable FrequentValues frequent;

    Draft(Columns column, int ordinal, long rows, long nulls) {
      this.column = column;
      this.ordinal = ordinal;
      this.count = rows - nulls;
      put(Metric.COUNT, count);
      put(Metric.NULL_COUNT, nulls);
      if (rows > 0) {
        put(Metric.NULL_PERCENT, 100.0 * nulls / rows);
      }
    }

    void numbers(Shape.Numbers shape) {
      distinct(Math.round(Math.ceil(count * shape.distinctShare())));
      put(Metric.ZERO_COUNT, 0);
      put(Metric.NEGATIVE_COUNT, 0);
      if (count == 0) {
        return;
      }
      double min = shape.valueAt(0.001);
      double max = shape.valueAt(0.999);
      put(Metric.ZERO_PERCENT, 0);
      put(Metric.NEGATIVE_PERCENT, 0);
      put(Metric.MIN, min);
      put(Metric.MAX, max);
      put(Metric.MEAN, shape.mean());
      put(Metric.STANDARD_DEVIATION, shape.standardDeviation());
      put(Metric.SUM, shape.mean() * count);
      put(Metric.SKEWNESS, 0);
      quantiles =
          new Quantiles(
              Quantiles.RANKS, Quantiles.RANKS.stream().map(shape::valueAt).toList(), 0.0133);
      List<Double> edges = new ArrayList<>();
      List<Long> counts = new ArrayList<>();
      double rank = 0;
      for (int bin = 0; bin <= BINS; bin++) {
        edges.add(min + (max - min) * bin / BINS);
        if (bin > 0) {
          double upTo = bin == BINS ? 1 : shape.rankOf(edges.get(bin));
          counts.add(Math.round(upTo * count) - Math.round(rank * count));
          rank = upTo;
        }
      }
      histogram = new Histogram(edges, counts, Quality.APPROXIMATE);
    }

    void instants(Shape.Instants shape) {
      distinct(count);
      put(Metric.FUTURE_COUNT, 0);
      if (count == 0) {
        return;
      }
      double from = shape.from().toEpochMilli();
      double to = shape.to().toEpochMilli();
      put(Metric.EARLIEST, from);
      put(Metric.LATEST, to);
      quantiles =
          new Quantiles(
              Quantiles.RANKS,
              Quantiles.RANKS.stream().map(rank -> from + rank * (to - from)).toList(),
              0.0133);
      List<Double> edges = new ArrayList<>();
      List<Long> counts = new ArrayList<>();
      for (int bin = 0; bin <= BINS; bin++) {
        edges.add(from + (to - from) * bin / BINS);
        if (bin > 0) {
          counts.add(count * bin / BINS - count * (bin - 1) / BINS);
        }
      }
      histogram = new Histogram(edges, counts, Quality.APPROXIMATE);
    }

    void texts(Shape.Texts shape) {
      distinct(Math.round(Math.ceil(count * shape.distinctShare())));
      lengths(shape.averageLength());
      frequent = new FrequentValues(List.of(), count, Quality.APPROXIMATE);
    }

    void categories(Shape.Categories shape) {
      distinct(Math.min(count, shape.shares().size()));
      lengths(
          shape.shares().entrySet().stream()
              .mapToDouble(entry -> entry.getKey().length() * entry.getValue())
              .sum());
      List<FrequentValues.FrequentValue> values = new ArrayList<>();
      shape
          .shares()
          .forEach(
              (value, share) ->
                  values.add(
                      new FrequentValues.FrequentValue(
                          null, Profiles.HASHER.hash(value), Math.round(share * count), 0)));
      values.sort(Comparator.comparing(FrequentValues.FrequentValue::count).reversed());
      frequent = new FrequentValues(values, count, Quality.EXACT);
    }

    void booleans(Shape.Booleans shape) {
      long trues = Math.round(shape.trueShare() * count);
      distinct((trues > 0 ? 1 : 0) + (trues < count ? 1 : 0));
      put(Metric.TRUE_COUNT, trues);
      if (count > 0) {
        put(Metric.TRUE_PERCENT, 100.0 * trues / count);
      }
    }

    ColumnProfile build() {
      metrics.putAll(column.overrides());
      ColumnDefinition definition =
          new ColumnDefinition(
              column.name(), ordinal, column.dataType(), column.type(), column.nullable(), null);
      return new ColumnProfile(
          definition,
          metrics,
          column.semanticType(),
          histogram,
          quantiles,
          frequent,
          List.of(),
          false);
    }

    private void lengths(double average) {
      put(Metric.EMPTY_COUNT, 0);
      put(Metric.BLANK_COUNT, 0);
      if (count > 0) {
        put(Metric.BLANK_PERCENT, 0);
        put(Metric.MIN_LENGTH, Math.floor(average * 0.6));
        put(Metric.MAX_LENGTH, Math.ceil(average * 1.6));
        put(Metric.AVERAGE_LENGTH, average);
      }
    }

    private void distinct(long distinct) {
      put(Metric.DISTINCT_COUNT, distinct);
      if (count > 0) {
        put(Metric.DISTINCT_PERCENT, 100.0 * distinct / count);
      }
    }

    private void put(Metric metric, double value) {
      metrics.put(metric, MetricValue.exact(value));
    }
  }
}
