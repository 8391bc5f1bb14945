package io.profilemesh.core.drift;

import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.profile.TableProfile;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a fault looks like, where it is recognisable: a guess for people, which no decision rests
 * on. Each is a clause that begins with a colon and ends with a question mark.
 */
final class FaultShape {

  private static final int LOWEST = Quantiles.RANKS.indexOf(0.05);
  private static final int HIGHEST = Quantiles.RANKS.indexOf(0.95);
  private static final int MIDDLE = Quantiles.RANKS.indexOf(0.5);
  private static final double ALIKE = 0.9;
  private static final double UNLIKE = 0.6;

  /** Of the spread; quantiles that all moved alike differ by less. */
  private static final double SAME_SHIFT = 0.05;

  private static final double LEAST_SHIFT = 0.1;
  private static final double LEAST_FILLED = 0.05;
  private static final double PROPORTIONAL = 0.02;

  private FaultShape() {}

  /** What happened to a column, where numbers of such a group moved. */
  static String ofGroup(MetricGroup group, ColumnView last, ColumnView now, TableProfile before) {
    return switch (group) {
      case VALUE, LENGTH, DISTRIBUTION, UNIQUENESS -> ofColumn(last, now, before);
      case SCHEMA, VOLUME, COMPLETENESS, VALIDITY, FRESHNESS -> "";
    };
  }

  /**
   * What happened to a column.
   *
   * @param before the run before
   */
  static String ofColumn(ColumnView last, ColumnView now, TableProfile before) {
    return Stream.<Supplier<String>>of(
            () -> swapped(last, now, before),
            () -> cut(last, now),
            () -> filled(last, now),
            () -> shifted(last, now))
        .map(Supplier::get)
        .filter(hint -> !hint.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** The values are not like those the column had but like those of another. */
  private static String swapped(ColumnView last, ColumnView now, TableProfile before) {
    if (!(Renames.content(last, now) <= UNLIKE)) {
      return "";
    }
    return before.columnProfiles().stream()
        .filter(other -> !other.name().equals(now.profile().name()))
        .filter(other -> DriftEvaluation.comparable(other.column().type(), now.type()))
        .map(
            other ->
                new ColumnView(
                    ComparedMetrics.of(other, before.rowCount()),
                    before.rowCount(),
                    before.scannedAt()))
        .filter(other -> Renames.content(other, now) >= ALIKE)
        .findFirst()
        .map(
            other ->
                ": the values look like those of %s, were columns swapped?"
                    .formatted(Explanation.name(other.profile().name().value())))
        .orElse("");
  }

  private static String cut(ColumnView last, ColumnView now) {
    if (!last.has(Metric.MAX_LENGTH)
        || !now.has(Metric.MAX_LENGTH)
        || now.number(Metric.MAX_LENGTH) >= last.number(Metric.MAX_LENGTH)
        || now.numberOr(Metric.AVERAGE_LENGTH, 0) >= last.numberOr(Metric.AVERAGE_LENGTH, 0)) {
      return "";
    }
    return ": none is longer than %s, were values cut off?"
        .formatted(Numbers.plain(now.number(Metric.MAX_LENGTH)));
  }

  /** One value took its share from all others in proportion. */
  private static String filled(ColumnView last, ColumnView now) {
    Map<String, Double> before = ColumnSeries.shares(last.profile());
    Map<String, Double> shares = ColumnSeries.shares(now.profile());
    if (before == null || shares == null || now.type().isTemporal()) {
      return "";
    }
    Optional<String> grown =
        shares.keySet().stream()
            .filter(
                key ->
                    shares.getOrDefault(key, 0.0) - before.getOrDefault(key, 0.0) >= LEAST_FILLED)
            .findFirst();
    if (grown.isEmpty()) {
      return "";
    }
    String key = grown.get();
    double was = before.getOrDefault(key, 0.0);
    double left = (1 - shares.getOrDefault(key, 0.0)) / Math.max(1e-9, 1 - was);
    boolean proportional =
        before.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(key) && shares.containsKey(entry.getKey()))
            .allMatch(
                entry ->
                    Math.abs(shares.getOrDefault(entry.getKey(), 0.0) - entry.getValue() * left)
                        <= PROPORTIONAL);
    return proportional
        ? ": `%s` took its share from all others alike, was a default filled in?"
            .formatted(Category.name(key))
        : "";
  }

  /** All quantiles moved by the same amount. */
  private static String shifted(ColumnView last, ColumnView now) {
    double spread = ColumnSeries.quantile(last, HIGHEST) - ColumnSeries.quantile(last, LOWEST);
    if (!now.type().isNumeric() || last.isRunningNumber() || !(spread > 0)) {
      return "";
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = LOWEST; i <= HIGHEST; i++) {
      double by = ColumnSeries.quantile(now, i) - ColumnSeries.quantile(last, i);
      least = Math.min(least, by);
      most = Math.max(most, by);
    }
    double by = ColumnSeries.quantile(now, MIDDLE) - ColumnSeries.quantile(last, MIDDLE);
    boolean same = most - least <= SAME_SHIFT * spread;
    return same && Math.abs(by) >= LEAST_SHIFT * spread
        ? ": every value is about %s %s, was a constant added?"
            .formatted(Numbers.plain(Math.abs(by)), by > 0 ? "higher" : "lower")
        : "";
  }
}
