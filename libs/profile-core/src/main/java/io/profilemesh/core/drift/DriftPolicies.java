package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The policies in force, in the order in which they are asked: the first that covers a metric
 * decides. Where it is silent, and where none covers, the built-in answers hold.
 *
 * @param version which state of the policies this is; 0: the built-in ones
 * @param policies by rank, ties by id
 */
public record DriftPolicies(long version, List<DriftPolicy> policies) {

  /** Runs that bounds are learned from unless a policy says otherwise: all that are remembered. */
  public static final int WINDOW = DriftPolicy.MOST_RUNS;

  /** Runs needed before bounds are learned, unless a policy says otherwise. */
  public static final int MINIMUM_HISTORY = 7;

  /** Bearable false alarms per table and 30 runs, unless a policy says otherwise. */
  public static final double FALSE_ALARMS_PER_MONTH = 0.1;

  private static final DriftPolicies BUILT_IN = new DriftPolicies(0, List.of());
  private static final String BUILT_IN_ID = "built-in";

  /** Smallest changes that count, in the unit of each metric; others have none. */
  private static final Map<String, Double> FLOORS =
      Map.of(
          Feature.CATEGORIES,
          1.0,
          Metric.ROW_COUNT.wireName(),
          10.0,
          Metric.DATA_AGE.wireName(),
          3_600_000.0,
          Metric.NULL_PERCENT.wireName(),
          0.5,
          Metric.BLANK_PERCENT.wireName(),
          1.0,
          Metric.DISTINCT_PERCENT.wireName(),
          1.0,
          Metric.ZERO_PERCENT.wireName(),
          1.0,
          Metric.NEGATIVE_PERCENT.wireName(),
          1.0,
          Metric.TRUE_PERCENT.wireName(),
          1.0,
          Metric.AVERAGE_LENGTH.wireName(),
          0.5);

  /** Asked for each metric of each column of each run. */
  private static final Map<String, EffectivePolicy> BUILT_IN_ANSWERS = builtInAnswers();

  public DriftPolicies {
    policies =
        policies.stream()
            .sorted(Comparator.comparingInt(DriftPolicy::rank).thenComparing(DriftPolicy::id))
            .toList();
  }

  /** What holds unless someone says otherwise; docs/drift.md has the numbers. */
  public static DriftPolicies builtIn() {
    return BUILT_IN;
  }

  /**
   * What holds for a metric.
   *
   * @param column null: the table
   * @param metric name of the metric as events have it, or of what changed of the schema
   * @param type type class of the column; null for a metric of the table
   */
  public EffectivePolicy effective(
      DatasetId dataset, @Nullable ColumnName column, String metric, @Nullable ColumnType type) {
    for (DriftPolicy policy : policies) {
      if (policy.covers(dataset, column, metric, type)) {
        return effective(policy, metric);
      }
    }
    EffectivePolicy known = BUILT_IN_ANSWERS.get(metric);
    return known == null ? builtIn(metric) : known;
  }

  private static EffectivePolicy builtIn(String metric) {
    return effective(DriftPolicy.of(BUILT_IN_ID, Integer.MAX_VALUE).build(), metric);
  }

  private static Map<String, EffectivePolicy> builtInAnswers() {
    Map<String, EffectivePolicy> answers = new HashMap<>();
    for (Metric metric : Metric.values()) {
      answers.put(metric.wireName(), builtIn(metric.wireName()));
    }
    for (Feature feature : Feature.ALL) {
      answers.put(feature.name(), builtIn(feature.name()));
    }
    for (String name : List.of(Feature.POSITION, Feature.CATEGORIES, Feature.DISTRIBUTION)) {
      answers.put(name, builtIn(name));
    }
    return Map.copyOf(answers);
  }

  /** The same for a metric of the profile. */
  public EffectivePolicy effective(
      DatasetId dataset, @Nullable ColumnName column, Metric metric, @Nullable ColumnType type) {
    return effective(dataset, column, metric.wireName(), type);
  }

  private static EffectivePolicy effective(DriftPolicy policy, String metric) {
    Double floor = policy.absoluteFloor();
    int window = policy.window() == null ? WINDOW : policy.window();
    int minimum = policy.minimumHistory() == null ? MINIMUM_HISTORY : policy.minimumHistory();
    return new EffectivePolicy(
        policy.id(),
        policy.ignore(),
        policy.direction(),
        policy.strategy() == null ? StrategyKind.AUTO : policy.strategy(),
        window,
        policy.within(),
        Math.min(minimum, window),
        policy.thresholds() == null ? Thresholds.DEFAULT : policy.thresholds(),
        floor == null ? FLOORS.getOrDefault(metric, 0.0) : floor,
        policy.falseAlarmsPerMonth() == null
            ? FALSE_ALARMS_PER_MONTH
            : policy.falseAlarmsPerMonth(),
        policy.acceptSchemaAfterRuns(),
        policy.maximumDataAge(),
        policy.mutedUntil(),
        policy.calendars(),
        policy.runbookUrl());
  }
}
