package io.profilemesh.core.drift;

import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import java.util.List;

/**
 * How the numbers of a column share the false alarms it may make. Metrics of a group speak of one
 * fact, so groups share first, in equal parts; within a group the number that says most has a
 * quarter, the others the rest.
 */
final class AlarmShares {

  private static final double LEADERS = 0.25;

  private final int[] followers = new int[MetricGroup.values().length];
  private final int[] leaders = new int[followers.length];
  private int groups;

  /** Shares of all numbers of a column, or of the table. */
  AlarmShares(List<Candidate> candidates) {
    for (Candidate candidate : candidates) {
      int group = candidate.group().ordinal();
      if (followers[group] == 0 && leaders[group] == 0) {
        groups++;
      }
      if (leads(candidate)) {
        leaders[group]++;
      } else {
        followers[group]++;
      }
    }
  }

  /** The share of one of them, above 0; all together share 1. */
  double of(Candidate candidate) {
    int group = candidate.group().ordinal();
    double ofGroup = 1.0 / groups;
    if (leaders[group] == 0) {
      return ofGroup / followers[group];
    }
    double ofLeaders = followers[group] == 0 ? 1 : LEADERS;
    return leads(candidate)
        ? ofGroup * ofLeaders / leaders[group]
        : ofGroup * (1 - ofLeaders) / followers[group];
  }

  private static boolean leads(Candidate candidate) {
    return candidate.metric().equals(Metric.MEAN.wireName())
        || candidate.metric().equals(Feature.DISTRIBUTION);
  }
}
