package io.profilemesh.cli.run;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftKind;
import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.IncidentState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A drift event that only tries whether news arrive.
 *
 * @param dataset table that it seems to be about
 * @param severity how much it seems to matter
 * @param environment environment of the mesh that it names
 * @param owner owner that it names, or null
 * @param tags tags that it names
 * @param requester who tries
 */
public record TestEvent(
    DatasetId dataset,
    Severity severity,
    String environment,
    @Nullable String owner,
    List<String> tags,
    String requester) {

  public TestEvent {
    tags = List.copyOf(tags);
  }

  /**
   * The record.
   *
   * @param run made anew for each event: no run has this id
   * @param now when it is sent
   */
  public DriftEvent toRecord(UUID run, Instant now) {
    return DriftEvent.newBuilder()
        .setEventId(EventIds.of("test", environment, dataset.toString(), run.toString()))
        .setIncidentState(IncidentState.OPENED)
        .setEnvironment(environment)
        .setRunId(run.toString())
        .setRequestId("test-" + run)
        .setRequester(requester)
        .setOwner(owner)
        .setTags(tags)
        .setKind(DriftKind.VOLUME)
        .setDatasetId(dataset.toString())
        .setSource(dataset.source())
        .setSchemaName(dataset.schema())
        .setTableName(dataset.table())
        .setSliceName(dataset.slice())
        .setMetric("row_count")
        .setDetector("test")
        .setSeverity(io.profilemesh.schema.Severity.valueOf(severity.name()))
        .setMessage("A test of alerts by " + requester + ": nothing has drifted.")
        .setProfiledAt(now.truncatedTo(ChronoUnit.MILLIS))
        .setTest(true)
        .build();
  }
}
