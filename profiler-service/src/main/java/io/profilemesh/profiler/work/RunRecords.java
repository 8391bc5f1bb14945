package io.profilemesh.profiler.work;

import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.ProfileRecords;
import io.profilemesh.profiler.publish.RunContext;
import io.profilemesh.profiler.publish.RunEvents;
import io.profilemesh.profiler.scan.RanStatement;
import io.profilemesh.profiler.work.RunScanner.Outcome.Profiled;
import io.profilemesh.schema.LedgerEntry;
import io.profilemesh.schema.LedgerKind;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.RunOptions;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The records that a run's steps put into topics. Safe for use by many threads. */
public final class RunRecords {

  /** Room for keys, headers and framing below the largest message. */
  private static final int FRAME_BYTES = 64 * 1024;

  private final MeshRecords mesh;
  private final RunEvents events;
  private final ProfileRecords profiles;
  private final Clock clock;

  public RunRecords(MeshRecords mesh, RunEvents events, ProfileRecords profiles, Clock clock) {
    this.mesh = mesh;
    this.events = events;
    this.profiles = profiles;
    this.clock = clock;
  }

  ProducerRecord<byte[], byte[]> started(Run run) {
    RunContext context = run.context();
    return mesh.event(
        events.started(context, run.attempt(), clock.instant(), null), context.traceparent());
  }

  ProducerRecord<byte[], byte[]> attemptNote(Run run) {
    return mesh.ledger(run.key().attemptKey(), entry(run, null));
  }

  ProducerRecord<byte[], byte[]> progress(
      Run run, long rows, @Nullable Long estimatedRows, long bytes) {
    RunContext context = run.context();
    return mesh.event(
        events.progress(
            context, run.attempt(), clock.instant(), rows, estimatedRows, bytes, sinceStart(run)),
        context.traceparent());
  }

  /** Takes in a statement that has just ended at the source; the end of the run tells of it. */
  void ran(Run run, RanStatement statement) {
    run.statements().add(statement, clock.instant());
  }

  /** The end of a run with a profile; FAILED where its records are larger than a topic takes. */
  RunEnd completed(Run run, Profiled outcome) {
    RunContext context = run.context();
    RunOptions options = run.work().getOptions();
    List<TableProfile> parts =
        profiles.parts(
            context,
            run.attempt(),
            outcome.profile(),
            outcome.facts(),
            outcome.hashKeyId(),
            options == null ? null : options.getBaseline(),
            outcome.about());
    List<ProducerRecord<byte[], byte[]>> records =
        new ArrayList<>(mesh.profile(parts, context.traceparent()));
    if (records.stream().anyMatch(RunRecords::isTooLarge)) {
      return ended(
          run,
          RunEventType.FAILED,
          ReasonCode.RECORD_TOO_LARGE,
          "The profile of one column or the list of columns is larger than a topic takes; profile"
              + " fewer columns.");
    }
    RunEvent completed =
        events.completed(
            context,
            run.attempt(),
            clock.instant(),
            outcome.profile(),
            outcome.facts(),
            parts.size(),
            sinceStart(run));
    completed.setStatements(run.statements().statements());
    records.add(mesh.event(completed, context.traceparent()));
    ScanOrigin origin = outcome.origin();
    if (origin != null) {
      records.add(mesh.tableState(TableStateRecords.of(run, outcome, origin)));
    }
    records.add(mesh.ledger(run.key().endKey(), entry(run, RunEventType.COMPLETED)));
    return new RunEnd(run, RunEventType.COMPLETED, null, records);
  }

  /** The end of a run without a profile. */
  RunEnd ended(Run run, RunEventType type, ReasonCode code, String message) {
    RunContext context = run.context();
    int attempt = Math.max(1, run.attempt());
    RunEvent ended = events.ended(context, type, attempt, clock.instant(), code, message);
    ended.setStatements(run.statements().statements());
    return new RunEnd(
        run,
        type,
        code,
        List.of(
            mesh.event(ended, context.traceparent()),
            mesh.ledger(run.key().endKey(), entry(run, type))));
  }

  private LedgerEntry entry(Run run, @Nullable RunEventType outcome) {
    return LedgerEntry.newBuilder()
        .setKind(LedgerKind.RUN)
        .setRequestId(run.context().requestId())
        .setRunId(run.key().runId().toString())
        .setDatasetId(run.key().dataset().toString())
        .setOutcome(outcome)
        .setAttempt(run.attempt())
        .setRecordedAt(clock.instant())
        .build();
  }

  private Duration sinceStart(Run run) {
    Instant start = run.startedAt();
    return start == null ? Duration.ZERO : Duration.between(start, clock.instant());
  }

  private static boolean isTooLarge(ProducerRecord<byte[], byte[]> record) {
    return record.value().length > Topics.MAX_MESSAGE_BYTES - FRAME_BYTES;
  }
}
