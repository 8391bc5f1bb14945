package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.core.statistics.OrderStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A rule that others use, from its published description. Each also reports columns that came, went
 * or changed their type, so that none is blamed for what it does not look at.
 */
enum BesideRule {
  FIXED_5("fixed 5 %"),
  FIXED_15("fixed 15 %"),
  FIXED_30("fixed 30 %"),
  Z_SCORE("z-score 3 over 14 runs"),
  MODIFIED_Z("modified z (MAD) 3.5 over 14 runs"),
  KS("Kolmogorov-Smirnov p < 0.05"),
  PSI("population stability index 0.2"),
  WASSERSTEIN("Wasserstein 0.1 σ"),
  JENSEN_SHANNON("Jensen-Shannon 0.1");

  /** What metric rules look at. */
  private static final List<Metric> METRICS =
      List.of(
          Metric.NULL_PERCENT,
          Metric.DISTINCT_PERCENT,
          Metric.MEAN,
          Metric.STANDARD_DEVIATION,
          Metric.MIN,
          Metric.MAX,
          Metric.ZERO_PERCENT,
          Metric.AVERAGE_LENGTH);

  private static final int WINDOW = 14;
  private static final int FEWEST = 7;
  private static final double MODIFIED_Z_FACTOR = 0.6745;

  private final String title;

  BesideRule(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /**
   * What a rule says of a run.
   *
   * @param alarms columns with an alarm; the empty name stands for the table
   * @param metricRuns numbers that it looked at
   */
  record Answer(Set<String> alarms, int metricRuns) {}

  /** Judges the last of some runs. */
  Answer judge(List<Shot> runs) {
    Shot now = runs.get(runs.size() - 1);
    if (runs.size() < 2) {
      return new Answer(Set.of(), 0);
    }
    Shot before = runs.get(runs.size() - 2);
    Set<String> alarms = new TreeSet<>(schemaChanges(before.profile(), now.profile()));
    int judged = 0;
    for (ColumnDefinition column : now.profile().columns()) {
      String name = column.name().value();
      boolean known =
          before.profile().columns().stream().anyMatch(other -> other.name().equals(column.name()));
      if (known) {
        judged += isOfMetrics() ? METRICS.size() : 1;
        if (isOfMetrics() ? ofMetrics(runs, name) : ofDistribution(before, now, column)) {
          alarms.add(name);
        }
      }
    }
    if (isOfMetrics()) {
      judged++;
      double[] rows = runs.stream().mapToDouble(run -> run.profile().rowCount()).toArray();
      if (isUnusual(rows)) {
        alarms.add("");
      }
    }
    return new Answer(alarms, judged);
  }

  /** Whether it looks at metrics of a profile alone. */
  boolean isOfMetrics() {
    return ordinal() <= MODIFIED_Z.ordinal();
  }

  private static Set<String> schemaChanges(TableProfile before, TableProfile now) {
    Set<String> old = new HashSet<>();
    before.columns().forEach(column -> old.add(column.name().value() + "\0" + column.dataType()));
    Set<String> fresh = new HashSet<>();
    now.columns().forEach(column -> fresh.add(column.name().value() + "\0" + column.dataType()));
    Set<String> changed = new TreeSet<>();
    old.stream().filter(one -> !fresh.contains(one)).forEach(changed::add);
    fresh.stream().filter(one -> !old.contains(one)).forEach(changed::add);
    Set<String> names = new TreeSet<>();
    changed.forEach(one -> names.add(one.substring(0, one.indexOf('\0'))));
    return names;
  }

  private boolean ofMetrics(List<Shot> runs, String column) {
    for (Metric metric : METRICS) {
      List<Double> series = new ArrayList<>();
      for (Shot run : runs.subList(Math.max(0, runs.size() - WINDOW - 1), runs.size())) {
        number(run.profile(), column, metric, series);
      }
      Shot now = runs.get(runs.size() - 1);
      List<Double> current = new ArrayList<>();
      number(now.profile(), column, metric, current);
      if (!current.isEmpty()
          && series.size() >= 2
          && isUnusual(series.stream().mapToDouble(Double::doubleValue).toArray())) {
        return true;
      }
    }
    return false;
  }

  private static void number(
      TableProfile profile, String column, Metric metric, List<Double> series) {
    for (ColumnProfile one : profile.columnProfiles()) {
      boolean moment = metric == Metric.MEAN || metric == Metric.STANDARD_DEVIATION;
      if (one.name().value().equals(column) && !(moment && one.column().type().isTemporal())) {
        one.number(metric).ifPresent(series::add);
      }
    }
  }

  /** Whether the last number of a series is unusual. */
  private boolean isUnusual(double[] all) {
    double[] series = tail(all, WINDOW + 1);
    double now = series[series.length - 1];
    double[] past = Arrays.copyOf(series, series.length - 1);
    return switch (this) {
      case FIXED_5 -> relative(past, now) >= 0.05;
      case FIXED_15 -> relative(past, now) >= 0.15;
      case FIXED_30 -> relative(past, now) >= 0.30;
      case Z_SCORE -> past.length >= FEWEST && zScore(past, now) > 3;
      case MODIFIED_Z -> past.length >= FEWEST && modifiedZ(past, now) > 3.5;
      default -> false;
    };
  }

  private static double[] tail(double[] all, int most) {
    return Arrays.copyOfRange(all, Math.max(0, all.length - most), all.length);
  }

  private static double relative(double[] past, double now) {
    double before = past[past.length - 1];
    if (before == now) {
      return 0;
    }
    return before == 0 ? Double.POSITIVE_INFINITY : Math.abs((now - before) / before);
  }

  private static double zScore(double[] past, double now) {
    double mean = Arrays.stream(past).average().orElse(0);
    double squares = 0;
    for (double value : past) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / (past.length - 1));
    if (deviation == 0) {
      return now == mean ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(now - mean) / deviation;
  }

  private static double modifiedZ(double[] past, double now) {
    double median = OrderStatistics.median(past);
    double[] away = new double[past.length];
    Arrays.setAll(away, i -> Math.abs(past[i] - median));
    double spread = OrderStatistics.median(away);
    if (spread == 0) {
      return now == median ? 0 : Double.POSITIVE_INFINITY;
    }
    return MODIFIED_Z_FACTOR * Math.abs(now - median) / spread;
  }

  private boolean ofDistribution(Shot before, Shot now, ColumnDefinition column) {
    String name = column.name().value();
    if (!isSameKind(before, column)) {
      return false;
    }
    if (column.type() == ColumnType.TEXT) {
      return switch (this) {
        case PSI -> SampleDistances.stability(before.shares(name), now.shares(name)) >= 0.2;
        case JENSEN_SHANNON ->
            SampleDistances.jensenShannon(before.shares(name), now.shares(name)) >= 0.1;
        default -> false;
      };
    }
    double[] first = inDay(before, column);
    double[] second = inDay(now, column);
    if (first.length < 2 || second.length < 2) {
      return first.length != second.length;
    }
    return switch (this) {
      case KS -> SampleDistances.kolmogorovSmirnovProbability(first, second) < 0.05;
      case PSI -> SampleDistances.stability(first, second) >= 0.2;
      case WASSERSTEIN -> SampleDistances.wassersteinOverDeviation(first, second) >= 0.1;
      case JENSEN_SHANNON -> SampleDistances.jensenShannon(first, second) >= 0.1;
      default -> false;
    };
  }

  private static boolean isSameKind(Shot before, ColumnDefinition column) {
    return before.profile().columns().stream()
        .anyMatch(
            other ->
                other.name().equals(column.name())
                    && (other.type() == ColumnType.TEXT) == (column.type() == ColumnType.TEXT));
  }

  /** Timestamps count from the start of the period: a new day is no drift for anybody. */
  private static double[] inDay(Shot run, ColumnDefinition column) {
    double[] values = run.sorted(column.name().value());
    if (column.type() != ColumnType.TIMESTAMP) {
      return values;
    }
    double start = run.at().toEpochMilli() * 1000.0;
    double[] shifted = new double[values.length];
    Arrays.setAll(shifted, i -> values[i] - start);
    return shifted;
  }
}
