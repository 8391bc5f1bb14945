package io.profilemesh.sink.rows;

import java.util.Locale;

/**
 * Identity of a run of one dataset. Its order is the order in which every sink locks rows, so that
 * two sinks never wait for each other.
 *
 * @param runId run, in lower case
 * @param datasetId dataset
 */
record RunKey(String runId, String datasetId) implements Comparable<RunKey> {

  RunKey {
    runId = runId.toLowerCase(Locale.ROOT);
  }

  @Override
  public int compareTo(RunKey other) {
    int byRun = runId.compareTo(other.runId);
    return byRun != 0 ? byRun : datasetId.compareTo(other.datasetId);
  }
}
