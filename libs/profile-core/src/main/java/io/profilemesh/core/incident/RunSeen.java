package io.profilemesh.core.incident;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as incidents see it.
 *
 * @param dataset the dataset it profiled
 * @param run null: a run that did not come
 * @param at its place in time, which orders runs
 * @param when when it became known, which mutes and retention go by
 * @param owner owner of the dataset
 */
public record RunSeen(
    DatasetId dataset,
    @Nullable RunId run,
    Instant at,
    Instant when,
    @Nullable String owner,
    List<String> tags,
    IncidentIds ids) {

  public RunSeen {
    tags = List.copyOf(tags);
  }

  /** The same run at another place in time. */
  public RunSeen at(Instant other) {
    return new RunSeen(dataset, run, other, when, owner, tags, ids);
  }
}
