package io.profilemesh.core.drift;

/** Which changes of a metric count. */
public enum Direction {
  BOTH,
  UP,
  DOWN;

  /** Whether a change of that sign counts. */
  public boolean covers(double change) {
    return this == BOTH || (this == UP ? change > 0 : change < 0);
  }
}
