package io.profilemesh.core.incident;

import io.profilemesh.core.drift.Judgement;
import io.profilemesh.core.profile.Metric;

/** What a run within bounds measured where an incident is open, in the metric's unit. */
public record Reading(String metric, double lower, double upper, double current) {

  private static final double ALL = 100;

  /** What was judged; of a share or a count, only bounds that it can reach. */
  public static Reading of(Judgement judgement) {
    Metric.Unit unit = judgement.unit();
    boolean share = unit == Metric.Unit.PERCENT;
    boolean positive = share || unit == Metric.Unit.COUNT || unit == Metric.Unit.MILLISECONDS;
    double least = positive ? 0 : Double.NEGATIVE_INFINITY;
    return new Reading(
        judgement.metric(),
        Math.max(least, judgement.lower()),
        share ? Math.min(ALL, judgement.upper()) : judgement.upper(),
        judgement.current());
  }
}
