package io.profilemesh.query.compare;

import io.profilemesh.query.history.StoredRun;
import io.profilemesh.schema.BaselineStrategy;
import java.time.Instant;

/** What a run is to be compared with. */
public sealed interface Basis {

  /** What it was judged against; where it was not, what its policy says. */
  record AsJudged() implements Basis {}

  /** One run. */
  record Run(StoredRun baseline) implements Basis {}

  /**
   * The last runs before it.
   *
   * @param count 2 to 60
   */
  record LastRuns(int count) implements Basis {}

  /**
   * Runs of a period that are earlier than it, the newest 60 at most.
   *
   * @param from first instant that belongs to it
   * @param to first instant that no longer does
   */
  record Period(Instant from, Instant to) implements Basis {}

  /** What a strategy chooses, with the numbers of the policy. */
  record Strategy(BaselineStrategy strategy) implements Basis {}
}
