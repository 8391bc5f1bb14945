package io.profilemesh.profiler.trigger;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEventType;
import java.util.List;

/**
 * The answer to a request.
 *
 * @param runId run that the outcomes belong to
 * @param requestId the request's id, its own or derived
 * @param remembered whether the ledger is to remember it; a repeat does not replace the original
 * @param outcomes one per dataset, at least one
 */
record Answer(RunId runId, String requestId, boolean remembered, List<DatasetOutcome> outcomes) {

  Answer {
    outcomes = List.copyOf(outcomes);
    if (outcomes.isEmpty()) {
      throw new IllegalArgumentException("a request is never answered by silence");
    }
  }

  /** What becomes of one dataset of a request. */
  sealed interface DatasetOutcome {

    DatasetId dataset();

    /** It will be profiled. */
    record Accepted(DatasetId dataset) implements DatasetOutcome {}

    /**
     * It will not.
     *
     * @param type FAILED or SKIPPED
     * @param message one sentence for people
     */
    record Declined(DatasetId dataset, RunEventType type, ReasonCode code, String message)
        implements DatasetOutcome {}
  }
}
