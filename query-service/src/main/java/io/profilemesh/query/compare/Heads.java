package io.profilemesh.query.compare;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.query.history.StoredRun;
import io.profilemesh.schema.TableProfile;

/** What records say of a run itself: those of its judgement, and those that seed its history. */
public final class Heads {

  private Heads() {}

  /** The head of a stored run's profile, without what was measured. */
  static TableProfile of(StoredRun run) {
    return builder(run).build();
  }

  /** The same, to be completed. */
  public static TableProfile.Builder builder(StoredRun run) {
    DatasetId dataset = run.dataset();
    return TableProfile.newBuilder()
        .setEnvironment(run.environment())
        .setRunId(run.runId().toString())
        .setRequestId(run.requestId())
        .setDatasetId(run.datasetId())
        .setSource(dataset.source())
        .setSchemaName(dataset.schema())
        .setTableName(dataset.table())
        .setSliceName(dataset.slice())
        .setRequester(run.requester())
        .setOwner(run.owner())
        .setTags(run.tags())
        .setScanStartedAt(run.profiledAt());
  }
}
