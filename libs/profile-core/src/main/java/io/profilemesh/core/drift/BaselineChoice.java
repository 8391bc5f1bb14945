package io.profilemesh.core.drift;

import java.util.List;

/** The outcome of choosing a baseline. */
public sealed interface BaselineChoice {

  /**
   * Runs to compare with.
   *
   * @param points at least one, newest first
   */
  record Runs(List<RunPoint> points) implements BaselineChoice {

    public Runs {
      points = List.copyOf(points);
      if (points.isEmpty()) {
        throw new IllegalArgumentException("a baseline has at least one run");
      }
    }
  }

  /** Nothing to compare with, and why. */
  record None(NotEvaluated reason) implements BaselineChoice {}
}
