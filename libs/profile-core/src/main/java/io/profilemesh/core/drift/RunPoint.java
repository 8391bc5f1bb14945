package io.profilemesh.core.drift;

import io.profilemesh.core.profile.RunId;
import java.time.Instant;
import java.util.Comparator;

/**
 * A completed run and its place in time.
 *
 * @param at the instant its profile speaks of: when the scan began, or the start of the period of a
 *     slice
 */
public record RunPoint(RunId run, Instant at) implements Comparable<RunPoint> {

  private static final Comparator<RunPoint> ORDER =
      Comparator.comparing(RunPoint::at).thenComparing(point -> point.run().value());

  /** Orders by time; runs of the same instant by id, so that the order is total. */
  @Override
  public int compareTo(RunPoint other) {
    return ORDER.compare(this, other);
  }
}
