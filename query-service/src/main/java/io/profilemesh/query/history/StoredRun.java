package io.profilemesh.query.history;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run whose profile is stored.
 *
 * @param profiledAt when its scan began
 * @param endedAt when its scan ended, which orders runs as they came
 * @param sliceStart start of its period; null: the whole table
 * @param sliceEnd end of its period; null: the whole table
 * @param rowCountQuality exact, approximate or estimate
 */
public record StoredRun(
    UUID runId,
    String datasetId,
    String environment,
    String requestId,
    @Nullable String requester,
    @Nullable String owner,
    List<String> tags,
    Instant profiledAt,
    Instant endedAt,
    @Nullable Instant sliceStart,
    @Nullable Instant sliceEnd,
    long rowCount,
    String rowCountQuality,
    int columnCount) {

  public StoredRun {
    tags = List.copyOf(tags);
  }

  /** Its place in time: a period's start orders the runs of a slice. */
  public Instant at() {
    return sliceStart == null ? profiledAt : sliceStart;
  }

  public DatasetId dataset() {
    return DatasetId.parse(datasetId);
  }

  public RunId run() {
    return new RunId(runId);
  }
}
