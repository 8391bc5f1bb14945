package io.profilemesh.profiler.trigger;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.plan.Decision;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.SliceRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param runId run that the outcomes belong to
 * @param requestId the request's id, its own or derived
 * @param remembered whether the ledger is to remember it; a repeat does not replace the original
 * @param outcomes one per dataset and period, at least one
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

    RunId runId();

    /** What the planner decided about it; null where it was not asked. */
    @Nullable Decision decision();

    /**
     * It will be profiled.
     *
     * @param runId the answer's run, or one of its own for a further period of a slice
     * @param slice the period of a slice, start and end given, or null for a whole table
     */
    record Accepted(DatasetId dataset, RunId runId, @Nullable SliceRequest slice, Decision decision)
        implements DatasetOutcome {}

    /**
     * It will not.
     *
     * @param runId the answer's run, or one of its own for a further period of a slice
     * @param type FAILED or SKIPPED
     * @param message one sentence for people
     */
    record Declined(
        DatasetId dataset,
        RunId runId,
        RunEventType type,
        ReasonCode code,
        String message,
        @Nullable Decision decision)
        implements DatasetOutcome {}
  }
}
