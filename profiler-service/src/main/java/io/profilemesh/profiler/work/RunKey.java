package io.profilemesh.profiler.work;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import org.jspecify.annotations.Nullable;

/** Identity of a run of one dataset. */
public record RunKey(RunId runId, DatasetId dataset) {

  /** Key of the ledger's entry about the end of the run. */
  public String endKey() {
    return "run/" + runId + '/' + dataset;
  }

  /**
   * Key of the ledger's note about attempts: another key than the end's, so that a late note of an
   * earlier owner never replaces the end when the topic is compacted.
   */
  public String attemptKey() {
    return "attempt/" + runId + '/' + dataset;
  }

  /**
   * Key of the ledger's entry about an order to cancel.
   *
   * @param datasetId canonical text of the dataset, or null for all of the run
   */
  public static String cancelKey(String runId, @Nullable String datasetId) {
    return datasetId == null ? "cancel/" + runId : "cancel/" + runId + '/' + datasetId;
  }

  /** Key of the ledger's entry about a request. */
  public static String requestKey(String requestId) {
    return "request/" + requestId;
  }
}
