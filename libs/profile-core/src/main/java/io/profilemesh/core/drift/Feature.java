package io.profilemesh.core.drift;

import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.Quantiles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number of a column that is followed through its runs.
 *
 * @param name name of the metric in events
 * @param metric metric it is; null for a quantile
 * @param rank index in {@link Quantiles#RANKS}; -1 for a metric
 */
record Feature(String name, Kind kind, MetricGroup group, @Nullable Metric metric, int rank) {

  /** Name of the position that quantiles have, given how far they lie apart. */
  static final String POSITION = "quantiles";

  /** Name of the shares of frequent values. */
  static final String CATEGORIES = "frequent_values";

  /** Name of the distance of the whole distribution from the expected one. */
  static final String DISTRIBUTION = "distribution";

  /** What a number is, and so what its size is measured against. */
  enum Kind {
    /** Percent, against percentage points. */
    SHARE,
    /** In the unit of the column, against its spread. */
    LEVEL,
    /** Never negative, against what was expected. */
    RATIO,
    /** A date or time, against the spread of the column. */
    INSTANT
  }

  /** In the order in which messages prefer them. */
  static final List<Feature> ALL = all();

  private static List<Feature> all() {
    List<Feature> all = new ArrayList<>();
    for (Metric metric :
        List.of(
            Metric.NULL_PERCENT,
            Metric.BLANK_PERCENT,
            Metric.DISTINCT_PERCENT,
            Metric.ZERO_PERCENT,
            Metric.NEGATIVE_PERCENT,
            Metric.TRUE_PERCENT)) {
      all.add(of(metric, Kind.SHARE));
    }
    all.add(of(Metric.DISTINCT_COUNT, Kind.RATIO));
    all.add(of(Metric.MEAN, Kind.LEVEL));
    all.add(of(Metric.STANDARD_DEVIATION, Kind.RATIO));
    all.add(of(Metric.MIN, Kind.LEVEL));
    all.add(of(Metric.MAX, Kind.LEVEL));
    all.add(of(Metric.EARLIEST, Kind.INSTANT));
    all.add(of(Metric.LATEST, Kind.INSTANT));
    all.add(of(Metric.AVERAGE_LENGTH, Kind.RATIO));
    for (int i = 0; i < Quantiles.RANKS.size(); i++) {
      all.add(
          new Feature(
              "quantile_" + Quantiles.RANKS.get(i), Kind.LEVEL, MetricGroup.VALUE, null, i));
    }
    return List.copyOf(all);
  }

  private static Feature of(Metric metric, Kind kind) {
    return new Feature(metric.wireName(), kind, metric.group(), metric, -1);
  }

  boolean isQuantile() {
    return rank >= 0;
  }
}
