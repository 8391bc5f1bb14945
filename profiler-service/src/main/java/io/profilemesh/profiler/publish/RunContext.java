package io.profilemesh.profiler.publish;

import io.profilemesh.configuration.ScheduleConfig;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.schema.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that all records of a run of a dataset have in common.
 *
 * @param requester who asked, or null
 * @param reason why they asked, or null
 * @param owner owner of the dataset, or null
 * @param pipeline pipeline whose firing asked, or null
 * @param schedule when the dataset is profiled by itself, or null
 * @param traceparent W3C trace context of the request, or null
 */
public record RunContext(
    RunId runId,
    String requestId,
    DatasetId dataset,
    @Nullable String requester,
    @Nullable String reason,
    Trigger trigger,
    @Nullable String owner,
    List<String> tags,
    @Nullable String pipeline,
    @Nullable ScheduleConfig schedule,
    @Nullable String traceparent) {

  public RunContext {
    tags = List.copyOf(tags);
  }
}
