package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.core.statistics.Distances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Infers which of the columns that came are those that went: of one type, in the same place or near
 * it, and with values that are distributed alike. Only what is clear counts: a pair is taken when
 * it is convincing by itself and no other pair of one of its columns comes near.
 */
final class Renames {

  private static final double CONVINCING = 0.8;
  private static final double CLEARLY = 0.05;
  private static final double CONTENT = 0.75;
  private static final double PLACE = 0.15;
  private static final double SAME_TYPE = 0.1;

  private static final double[] RANKS =
      Quantiles.RANKS.stream().mapToDouble(Double::doubleValue).toArray();

  private Renames() {}

  /** The renames between two runs, in the order of the columns of the later one. */
  static List<Rename> between(TableProfile before, TableProfile now) {
    List<ColumnProfile> gone = without(before, now);
    List<ColumnProfile> fresh = without(now, before);
    List<Rename> pairs = new ArrayList<>();
    for (ColumnProfile old : gone) {
      for (ColumnProfile other : fresh) {
        double confidence = confidence(old, before, other, now);
        if (confidence > 0) {
          pairs.add(new Rename(old.name(), other.name(), confidence));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Rename::confidence).reversed());
    List<Rename> taken = new ArrayList<>();
    Set<ColumnName> used = new HashSet<>();
    for (Rename pair : pairs) {
      boolean free = !used.contains(pair.from()) && !used.contains(pair.to());
      if (free && pair.confidence() >= CONVINCING && isClear(pair, pairs)) {
        taken.add(pair);
        used.add(pair.from());
        used.add(pair.to());
      }
    }
    return taken;
  }

  /** The profile with its columns under their later names. */
  static TableProfile apply(List<Rename> renames, TableProfile profile) {
    Map<ColumnName, ColumnName> names = new HashMap<>();
    renames.forEach(rename -> names.put(rename.from(), rename.to()));
    return new TableProfile(
        profile.runId(),
        profile.dataset(),
        profile.scannedAt(),
        profile.rowCount(),
        profile.rowCountQuality(),
        profile.columns().stream().map(column -> renamed(column, names)).toList(),
        profile.metrics(),
        profile.columnProfiles().stream().map(column -> renamed(column, names)).toList());
  }

  private static ColumnDefinition renamed(
      ColumnDefinition column, Map<ColumnName, ColumnName> names) {
    ColumnName name = names.get(column.name());
    return name == null
        ? column
        : new ColumnDefinition(
            name,
            column.ordinal(),
            column.dataType(),
            column.type(),
            column.nullable(),
            column.description());
  }

  private static ColumnProfile renamed(ColumnProfile column, Map<ColumnName, ColumnName> names) {
    return names.containsKey(column.name())
        ? new ColumnProfile(
            renamed(column.column(), names),
            column.metrics(),
            column.semanticType(),
            column.histogram(),
            column.quantiles(),
            column.frequentValues(),
            column.sketches(),
            column.valuesPublished())
        : column;
  }

  private static boolean isClear(Rename pair, List<Rename> pairs) {
    return pairs.stream()
        .filter(other -> other != pair)
        .filter(other -> other.from().equals(pair.from()) || other.to().equals(pair.to()))
        .allMatch(other -> other.confidence() <= pair.confidence() - CLEARLY);
  }

  /** Profiled columns of one run that the other does not have. */
  private static List<ColumnProfile> without(TableProfile run, TableProfile other) {
    Set<ColumnName> names = new HashSet<>();
    other.columns().forEach(column -> names.add(column.name()));
    return run.columnProfiles().stream().filter(one -> !names.contains(one.name())).toList();
  }

  /** 0 where the types exclude it. */
  private static double confidence(
      ColumnProfile old, TableProfile before, ColumnProfile fresh, TableProfile now) {
    if (!DriftEvaluation.comparable(old.column().type(), fresh.column().type())) {
      return 0;
    }
    ColumnView first =
        new ColumnView(
            ComparedMetrics.of(old, before.rowCount()), before.rowCount(), before.scannedAt());
    ColumnView second =
        new ColumnView(ComparedMetrics.of(fresh, now.rowCount()), now.rowCount(), now.scannedAt());
    double content = content(first, second);
    if (Double.isNaN(content)) {
      return 0;
    }
    int away = Math.abs(old.column().ordinal() - fresh.column().ordinal());
    boolean sameType = old.column().dataType().equals(fresh.column().dataType());
    return CONTENT * content + PLACE / (1 + away) + (sameType ? SAME_TYPE : 0);
  }

  /** How alike the values are, 0 to 1; {@code NaN} when there is nothing to tell by. */
  static double content(ColumnView first, ColumnView second) {
    List<Double> parts = new ArrayList<>();
    addShare(parts, Metric.NULL_PERCENT, first, second, 20);
    addShare(parts, Metric.DISTINCT_PERCENT, first, second, 20);
    addShare(parts, Metric.TRUE_PERCENT, first, second, 20);
    if (first.has(Metric.AVERAGE_LENGTH) && second.has(Metric.AVERAGE_LENGTH)) {
      double length = Math.max(1, first.number(Metric.AVERAGE_LENGTH));
      double change = Math.abs(second.number(Metric.AVERAGE_LENGTH) - length) / length;
      parts.add(Math.max(0, 1 - change / 0.3));
    }
    Double quantiles = quantiles(first, second);
    Double categories = categories(first, second);
    // What values are says more than how many there are of them.
    for (Double part : Arrays.asList(quantiles, quantiles, categories, categories)) {
      if (part != null) {
        parts.add(part);
      }
    }
    return parts.size() < 2
        ? Double.NaN
        : parts.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static void addShare(
      List<Double> parts, Metric metric, ColumnView first, ColumnView second, double all) {
    if (first.has(metric) && second.has(metric)) {
      double change = Math.abs(first.number(metric) - second.number(metric));
      parts.add(Math.max(0, 1 - change / all));
    }
  }

  private static @Nullable Double quantiles(ColumnView first, ColumnView second) {
    if (Double.isNaN(ColumnSeries.quantile(first, 0))
        || Double.isNaN(ColumnSeries.quantile(second, 0))) {
      return null;
    }
    boolean moves = first.type().isTemporal() && first.type() != ColumnType.TIME;
    double[] one = new double[RANKS.length];
    double[] other = new double[RANKS.length];
    for (int i = 0; i < RANKS.length; i++) {
      one[i] = ColumnSeries.quantile(first, i) - (moves ? first.at().toEpochMilli() : 0);
      other[i] = ColumnSeries.quantile(second, i) - (moves ? second.at().toEpochMilli() : 0);
    }
    double spread = one[RANKS.length - 1] - one[0];
    double distance = Distances.wasserstein(RANKS, one, other);
    if (spread <= 0) {
      return distance == 0 ? 1.0 : 0.0;
    }
    return Math.max(0, 1 - 5 * distance / spread);
  }

  private static @Nullable Double categories(ColumnView first, ColumnView second) {
    Map<String, Double> one = ColumnSeries.shares(first.profile());
    Map<String, Double> other = ColumnSeries.shares(second.profile());
    boolean moves = first.type().isTemporal();
    if (moves || one == null || other == null || one.isEmpty() || other.isEmpty()) {
      return null;
    }
    double common = 0;
    double known = 0;
    for (Map.Entry<String, Double> entry : one.entrySet()) {
      known += entry.getValue();
      common += Math.min(entry.getValue(), other.getOrDefault(entry.getKey(), 0.0));
    }
    // Of a column without frequent values their overlap says nothing.
    return known < 0.05 ? null : common / known;
  }
}
