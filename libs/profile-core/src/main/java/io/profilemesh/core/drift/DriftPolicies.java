package io.profilemesh.core.drift;

import static io.profilemesh.core.profile.Metric.AVERAGE_LENGTH;
import static io.profilemesh.core.profile.Metric.BLANK_PERCENT;
import static io.profilemesh.core.profile.Metric.DISTINCT_PERCENT;
import static io.profilemesh.core.profile.Metric.EARLIEST;
import static io.profilemesh.core.profile.Metric.LATEST;
import static io.profilemesh.core.profile.Metric.MAX;
import static io.profilemesh.core.profile.Metric.MEAN;
import static io.profilemesh.core.profile.Metric.MIN;
import static io.profilemesh.core.profile.Metric.NEGATIVE_PERCENT;
import static io.profilemesh.core.profile.Metric.NULL_PERCENT;
import static io.profilemesh.core.profile.Metric.ROW_COUNT;
import static io.profilemesh.core.profile.Metric.STANDARD_DEVIATION;
import static io.profilemesh.core.profile.Metric.TRUE_PERCENT;
import static io.profilemesh.core.profile.Metric.ZERO_PERCENT;

import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policies in force, in the order in which they are asked: the first that covers a metric
 * decides, and a metric that none covers is not judged.
 *
 * @param version which state of the policies this is; 0: the built-in ones
 * @param policies by rank, ties by id
 */
public record DriftPolicies(long version, List<DriftPolicy> policies) {

  private static final DriftPolicies BUILT_IN =
      new DriftPolicies(
          0,
          List.of(
              builtIn("rows", 10, ROW_COUNT),
              builtIn("missing-values", 0.5, NULL_PERCENT),
              builtIn(
                  "shares",
                  1,
                  BLANK_PERCENT,
                  DISTINCT_PERCENT,
                  ZERO_PERCENT,
                  NEGATIVE_PERCENT,
                  TRUE_PERCENT),
              builtIn("lengths", 0.5, AVERAGE_LENGTH),
              builtIn("values", 0, MEAN, STANDARD_DEVIATION, MIN, MAX, EARLIEST, LATEST)));

  public DriftPolicies {
    policies =
        policies.stream()
            .sorted(Comparator.comparingInt(DriftPolicy::rank).thenComparing(DriftPolicy::id))
            .toList();
  }

  /** What holds unless someone says otherwise: 5, 15 and 30 percent; docs/drift.md has the rest. */
  public static DriftPolicies builtIn() {
    return BUILT_IN;
  }

  /**
   * The policy that decides on a metric; empty when it is not judged.
   *
   * @param type type class of the column; null for a metric of the table
   */
  public Optional<DriftPolicy> decidingOn(Metric metric, @Nullable ColumnType type) {
    return policies.stream().filter(policy -> policy.covers(metric, type)).findFirst();
  }

  private static DriftPolicy builtIn(String id, double floor, Metric... metrics) {
    return new DriftPolicy(
        "built-in-" + id,
        Integer.MAX_VALUE,
        Set.of(metrics),
        Set.of(),
        false,
        Direction.BOTH,
        Thresholds.DEFAULT,
        floor);
  }
}
