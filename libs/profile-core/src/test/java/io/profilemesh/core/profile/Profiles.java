package io.profilemesh.core.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Builds profiles for tests: believable by default, with every number that follows from another one
 * derived from it, so that a test says only what it is about. Each {@code with} returns a new
 * builder; builders are immutable and may be kept and varied.
 *
 * <pre>{@code
 * Profiles monday = Profiles.orders().withRowCount(1000);
 * TableProfile usual = monday.build();
 * TableProfile broken = monday.withNullPercent("email", 40).build();
 * }</pre>
 */
public final class Profiles {

  /** When profiles are scanned unless a test says otherwise: a Monday, 06:00 UTC. */
  public static final Instant MONDAY = Instant.parse("2026-03-02T06:00:00Z");

  /** Hashes the redacted values of every built profile. */
  public static final ValueHasher HASHER =
      new ValueHasher(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, "test");

  private final RunId runId;
  private final DatasetId dataset;
  private final Instant scannedAt;
  private final long rowCount;
  private final Quality quality;
  private final Map<ColumnName, Columns> columns;
  private final Map<Metric, MetricValue> metrics;

  private Profiles(
      RunId runId,
      DatasetId dataset,
      Instant scannedAt,
      long rowCount,
      Quality quality,
      Map<ColumnName, Columns> columns,
      Map<Metric, MetricValue> metrics) {
    this.runId = runId;
    this.dataset = dataset;
    this.scannedAt = scannedAt;
    this.rowCount = rowCount;
    this.quality = quality;
    this.columns = columns;
    this.metrics = metrics;
  }

  /** A table of 1,000 rows without columns. */
  public static Profiles table(DatasetId dataset) {
    return new Profiles(
        RunId.derivedFrom("run-1"), dataset, MONDAY, 1000, Quality.EXACT, Map.of(), Map.of());
  }

  /**
   * {@code shop/public/orders}, 1,000 rows: order_id, customer_id, email (2 % null), status (paid
   * 70 %, open 20 %, returned 10 %), amount (mean 50, standard deviation 15), discount (10 % null),
   * gift (5 % true), ordered_at (the day before the scan).
   */
  public static Profiles orders() {
    Map<String, Double> statuses = new LinkedHashMap<>();
    statuses.put("paid", 0.7);
    statuses.put("open", 0.2);
    statuses.put("returned", 0.1);
    return table(DatasetId.of("shop", "public", "orders"))
        .withColumn(Columns.identifiers("order_id"))
        .withColumn(Columns.numbers("customer_id", ColumnType.INTEGER, 5000, 1500))
        .withColumn(
            Columns.texts("email", 0.9, 21).withNullPercent(2).withSemanticType("email", 0.99))
        .withColumn(Columns.categories("status", statuses))
        .withColumn(Columns.numbers("amount", ColumnType.DECIMAL, 50, 15))
        .withColumn(Columns.numbers("discount", ColumnType.FLOAT, 0.1, 0.02).withNullPercent(10))
        .withColumn(Columns.booleans("gift", 0.05))
        .withColumn(Columns.instants("ordered_at", MONDAY.minus(Duration.ofDays(1)), MONDAY));
  }

  public Profiles withRunId(RunId value) {
    return new Profiles(value, dataset, scannedAt, rowCount, quality, columns, metrics);
  }

  /** A run id that follows from a short name, such as {@code "run-7"}. */
  public Profiles withRun(String name) {
    return withRunId(RunId.derivedFrom(name));
  }

  public Profiles withDataset(DatasetId value) {
    return new Profiles(runId, value, scannedAt, rowCount, quality, columns, metrics);
  }

  public Profiles withScannedAt(Instant value) {
    return new Profiles(runId, dataset, value, rowCount, quality, columns, metrics);
  }

  /** Rows; counts of columns follow. */
  public Profiles withRowCount(long value) {
    return new Profiles(runId, dataset, scannedAt, value, quality, columns, metrics);
  }

  public Profiles withRowCountQuality(Quality value) {
    return new Profiles(runId, dataset, scannedAt, rowCount, value, columns, metrics);
  }

  /** Adds a column at the end, or replaces the one of the same name in place. */
  public Profiles withColumn(Columns column) {
    Map<ColumnName, Columns> more = new LinkedHashMap<>(columns);
    more.put(column.name(), column);
    return new Profiles(runId, dataset, scannedAt, rowCount, quality, more, metrics);
  }

  public Profiles withoutColumn(String name) {
    Map<ColumnName, Columns> fewer = new LinkedHashMap<>(columns);
    require(name);
    fewer.remove(new ColumnName(name));
    return new Profiles(runId, dataset, scannedAt, rowCount, quality, fewer, metrics);
  }

  /** Gives a column another name, at the same position. */
  public Profiles withRenamed(String from, String to) {
    require(from);
    Map<ColumnName, Columns> renamed = new LinkedHashMap<>();
    columns.forEach(
        (name, column) -> {
          Columns kept = name.value().equals(from) ? column.withName(to) : column;
          renamed.put(kept.name(), kept);
        });
    return new Profiles(runId, dataset, scannedAt, rowCount, quality, renamed, metrics);
  }

  /** Changes a column that is there. */
  public Profiles with(String name, UnaryOperator<Columns> change) {
    return withColumn(change.apply(require(name)));
  }

  public Profiles withNullPercent(String name, double percent) {
    return with(name, column -> column.withNullPercent(percent));
  }

  /** Numbers around another centre. */
  public Profiles withMean(String name, double mean) {
    return with(name, column -> column.withMean(mean));
  }

  /** Shares of categories, each 0 to 1. */
  public Profiles withCategories(String name, Map<String, Double> shares) {
    return with(name, column -> column.withCategories(shares));
  }

  /** Overrides one metric of a column; what follows from it elsewhere is not changed. */
  public Profiles withMetric(String name, Metric metric, double value) {
    return withMetric(name, metric, MetricValue.exact(value));
  }

  /** The same with a metric of a column replaced, bounds included. */
  public Profiles withMetric(String name, Metric metric, MetricValue value) {
    return with(name, column -> column.withMetric(metric, value));
  }

  /** Sets or overrides a metric of the table. */
  public Profiles withTableMetric(Metric metric, double value) {
    Map<Metric, MetricValue> more = new EnumMap<>(Metric.class);
    more.putAll(metrics);
    more.put(metric, MetricValue.exact(value));
    return new Profiles(runId, dataset, scannedAt, rowCount, quality, columns, more);
  }

  public TableProfile build() {
    List<ColumnDefinition> definitions = new ArrayList<>();
    List<ColumnProfile> profiles = new ArrayList<>();
    for (Columns column : columns.values()) {
      ColumnProfile profile = column.profile(definitions.size() + 1, rowCount);
      definitions.add(profile.column());
      profiles.add(profile);
    }
    Map<Metric, MetricValue> all = new EnumMap<>(Metric.class);
    all.put(Metric.ROW_COUNT, new MetricValue((double) rowCount, null, quality, null, null));
    all.put(Metric.COLUMN_COUNT, MetricValue.exact(definitions.size()));
    all.put(Metric.BYTES, MetricValue.exact(8192.0 * (1 + rowCount / 60)));
    all.putAll(metrics);
    return new TableProfile(
        runId, dataset, scannedAt, rowCount, quality, definitions, all, profiles);
  }

  private Columns require(String name) {
    Columns column = columns.get(new ColumnName(name));
    if (column == null) {
      throw new IllegalArgumentException("the profile has no column " + name);
    }
    return column;
  }
}
