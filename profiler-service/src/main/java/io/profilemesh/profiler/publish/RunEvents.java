package io.profilemesh.profiler.publish;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.profiler.scan.ScanFacts;
import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the events of a run. The same step of the same run has the same event id. */
public final class RunEvents {

  private final String environment;

  public RunEvents(String environment) {
    this.environment = environment;
  }

  public RunEvent accepted(RunContext run, Instant at) {
    return event(run, RunEventType.ACCEPTED, 1, at, null, null).build();
  }

  /**
   * @param rowsEstimated rows the source expects, or null
   */
  public RunEvent started(RunContext run, int attempt, Instant at, @Nullable Long rowsEstimated) {
    return event(run, RunEventType.STARTED, attempt, at, null, null)
        .setRowsEstimated(rowsEstimated)
        .build();
  }

  public RunEvent progress(
      RunContext run,
      int attempt,
      Instant at,
      long rowsRead,
      @Nullable Long rowsEstimated,
      long bytes,
      Duration sinceStart) {
    RunEvent event =
        event(run, RunEventType.PROGRESS, attempt, at, null, null)
            .setRowsRead(rowsRead)
            .setRowsEstimated(rowsEstimated)
            .setBytesScanned(bytes)
            .setDurationMs(sinceStart.toMillis())
            .build();
    event.setEventId(EventIds.of(event.getEventId(), Long.toString(rowsRead)));
    return event;
  }

  public RunEvent completed(
      RunContext run,
      int attempt,
      Instant at,
      TableProfile profile,
      ScanFacts facts,
      int parts,
      Duration sinceStart) {
    return event(run, RunEventType.COMPLETED, attempt, at, null, null)
        .setRowsRead(facts.rowsScanned())
        .setRowCount(profile.rowCount())
        .setColumnCount(profile.columns().size())
        .setBytesScanned(facts.bytesScanned())
        .setDurationMs(sinceStart.toMillis())
        .setProfileParts(parts)
        .setSampling(AvroProfiles.sampling(facts.sampling()))
        .build();
  }

  /**
   * A run that ends, or never begins, without a profile.
   *
   * @param type FAILED, SKIPPED or CANCELLED
   * @param message one sentence for people, without data values
   */
  public RunEvent ended(
      RunContext run, RunEventType type, int attempt, Instant at, ReasonCode code, String message) {
    return event(run, type, attempt, at, code, message).build();
  }

  private RunEvent.Builder event(
      RunContext run,
      RunEventType type,
      int attempt,
      Instant at,
      @Nullable ReasonCode code,
      @Nullable String message) {
    DatasetId dataset = run.dataset();
    return RunEvent.newBuilder()
        .setEventId(id(run, type, attempt, code))
        .setType(type)
        .setEnvironment(environment)
        .setRunId(run.runId().toString())
        .setRequestId(run.requestId())
        .setDatasetId(dataset.toString())
        .setSource(dataset.source())
        .setSchemaName(dataset.schema())
        .setTableName(dataset.table())
        .setSliceName(dataset.slice())
        .setRequester(run.requester())
        .setReason(run.reason())
        .setTrigger(run.trigger())
        .setOwner(run.owner())
        .setTags(run.tags())
        .setPipeline(run.pipeline())
        .setAttempt(attempt)
        .setOccurredAt(at)
        .setCode(code == null ? null : code.name())
        .setMessage(message);
  }

  private String id(RunContext run, RunEventType type, int attempt, @Nullable ReasonCode code) {
    return EventIds.of(
        environment,
        run.runId().toString(),
        run.dataset().toString(),
        type.name(),
        Integer.toString(attempt),
        code == null ? "" : code.name());
  }
}
