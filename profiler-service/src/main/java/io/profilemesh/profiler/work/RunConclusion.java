package io.profilemesh.profiler.work;

import java.time.Instant;

/** What follows from the outcome of a scan. */
sealed interface RunConclusion {

  Run run();

  /** The run has ended. */
  record Ended(RunEnd end) implements RunConclusion {
    @Override
    public Run run() {
      return end.run();
    }
  }

  /** The source may be better later: scan again, not before the instant. */
  record Again(Run run, Instant notBefore) implements RunConclusion {}

  /** Another owner begins the run anew. */
  record Abandoned(Run run) implements RunConclusion {}
}
