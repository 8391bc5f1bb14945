package io.profilemesh.profiler.trigger;

import io.profilemesh.configuration.DatasetConfig;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.ScheduleConfig;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.plan.Decision;
import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.RunContext;
import io.profilemesh.profiler.publish.RunEvents;
import io.profilemesh.profiler.trigger.Answer.DatasetOutcome;
import io.profilemesh.profiler.work.RunKey;
import io.profilemesh.schema.Expectation;
import io.profilemesh.schema.LedgerEntry;
import io.profilemesh.schema.LedgerKind;
import io.profilemesh.schema.PlanDecision;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.RunOptions;
import io.profilemesh.schema.RunWork;
import io.profilemesh.schema.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The records an answer puts into topics: events, work, and the ledger's entry. */
final class RequestAnswers {

  private static final int LONGEST_PERSON = 200;
  private static final int LONGEST_REASON = 1_000;
  private static final Duration SHORTEST_GRACE = Duration.ofMinutes(5);
  private static final Duration LONGEST_GRACE = Duration.ofHours(6);

  private final ProfilerConfiguration configuration;
  private final MeshRecords mesh;
  private final RunEvents events;
  private final String environment;
  private final Clock clock;

  RequestAnswers(
      ProfilerConfiguration configuration,
      MeshRecords mesh,
      RunEvents events,
      String environment,
      Clock clock) {
    this.configuration = configuration;
    this.mesh = mesh;
    this.events = events;
    this.environment = environment;
    this.clock = clock;
  }

  List<ProducerRecord<byte[], byte[]>> records(ReceivedRequest received, Answer answer) {
    Instant now = clock.instant();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (DatasetOutcome outcome : answer.outcomes()) {
      RunContext context = context(received, answer, outcome.runId(), outcome.dataset());
      Decision decision = outcome.decision();
      PlanDecision plan = decision == null ? null : decision.toRecord();
      RunEvent event = event(outcome, context, now);
      event.setPlan(plan);
      event.setDatasets(answer.outcomes().size());
      records.add(mesh.event(event, context.traceparent()));
      if (outcome instanceof DatasetOutcome.Accepted accepted) {
        RunWork work = work(received.request(), accepted, context, plan, now);
        records.add(mesh.work(work, context.traceparent()));
        expected(context, now, now).ifPresent(records::add);
      } else if (outcome instanceof DatasetOutcome.Declined declined
          && declined.code() == ReasonCode.UNCHANGED) {
        next(context, now).flatMap(due -> expected(context, due, now)).ifPresent(records::add);
      } else if (outcome instanceof DatasetOutcome.Declined declined
          && declined.code() == ReasonCode.TABLE_VANISHED) {
        records.add(mesh.forgotten(declined.dataset()));
      }
    }
    if (answer.remembered()) {
      records.add(mesh.ledger(RunKey.requestKey(answer.requestId()), entry(received, answer, now)));
    }
    return records;
  }

  /** That a run of a scheduled dataset is due; empty for others. */
  private Optional<ProducerRecord<byte[], byte[]>> expected(
      RunContext context, Instant due, Instant now) {
    ScheduleConfig schedule = context.schedule();
    return schedule == null
        ? Optional.empty()
        : Optional.of(
            mesh.expectation(
                Expectation.newBuilder()
                    .setDatasetId(context.dataset().toString())
                    .setDueAt(due.truncatedTo(ChronoUnit.MILLIS))
                    .setGraceSeconds(grace(schedule, due).toSeconds())
                    .setSchedule(schedule.cron().toString())
                    .setPipeline(schedule.pipeline())
                    .setOwner(context.owner())
                    .setTags(context.tags())
                    .build(),
                now));
  }

  private static Optional<Instant> next(RunContext context, Instant now) {
    ScheduleConfig schedule = context.schedule();
    return schedule == null ? Optional.empty() : schedule.next(now);
  }

  /** A quarter of the time between two firings, but five minutes at least and six hours at most. */
  private static Duration grace(ScheduleConfig schedule, Instant due) {
    Optional<Instant> first = schedule.next(due);
    Optional<Instant> second = first.flatMap(schedule::next);
    if (second.isEmpty()) {
      return LONGEST_GRACE;
    }
    Duration quarter = Duration.between(first.get(), second.get()).dividedBy(4);
    Duration least = quarter.compareTo(SHORTEST_GRACE) < 0 ? SHORTEST_GRACE : quarter;
    return least.compareTo(LONGEST_GRACE) > 0 ? LONGEST_GRACE : least;
  }

  private RunEvent event(DatasetOutcome outcome, RunContext context, Instant now) {
    return outcome instanceof DatasetOutcome.Declined declined
        ? events.ended(context, declined.type(), 1, now, declined.code(), declined.message())
        : events.accepted(context, now);
  }

  private RunContext context(
      ReceivedRequest received, Answer answer, RunId runId, DatasetId dataset) {
    ProfileRequest request = received.request();
    Optional<DatasetConfig> config =
        SourceName.isValid(dataset.source())
            ? configuration.dataset(
                new SourceName(dataset.source()),
                dataset.schema(),
                dataset.table(),
                dataset.slice())
            : Optional.empty();
    return new RunContext(
        runId,
        answer.requestId(),
        dataset,
        PrintableText.ofNullable(request.getRequester(), LONGEST_PERSON),
        PrintableText.ofNullable(request.getReason(), LONGEST_REASON),
        request.getTrigger() == Trigger.UNKNOWN ? Trigger.REQUEST : request.getTrigger(),
        config.map(DatasetConfig::owner).orElse(null),
        config.map(DatasetConfig::tags).orElse(List.of()),
        request.getPipeline(),
        config.map(DatasetConfig::schedule).orElse(null),
        received.traceparent());
  }

  private RunWork work(
      ProfileRequest request,
      DatasetOutcome.Accepted accepted,
      RunContext context,
      @Nullable PlanDecision plan,
      Instant now) {
    return RunWork.newBuilder()
        .setEnvironment(environment)
        .setRunId(context.runId().toString())
        .setRequestId(context.requestId())
        .setDatasetId(context.dataset().toString())
        .setOptions(options(request, accepted))
        .setRequester(context.requester())
        .setReason(context.reason())
        .setTrigger(context.trigger())
        .setDeadline(request.getDeadline())
        .setAcceptedAt(now)
        .setPlan(plan)
        .setPipeline(context.pipeline())
        .build();
  }

  /** The request's, with the one period of this run. */
  private static @Nullable RunOptions options(
      ProfileRequest request, DatasetOutcome.Accepted accepted) {
    RunOptions options = request.getOptions();
    return options == null || accepted.slice() == null
        ? options
        : RunOptions.newBuilder(options).setSlice(accepted.slice()).build();
  }

  /** How a request was declined of which nothing was accepted; else null. */
  private static @Nullable RunEventType declined(Answer answer) {
    RunEventType type = null;
    for (DatasetOutcome outcome : answer.outcomes()) {
      if (!(outcome instanceof DatasetOutcome.Declined declined)) {
        return null;
      }
      type = declined.type();
    }
    return type;
  }

  private static LedgerEntry entry(ReceivedRequest received, Answer answer, Instant now) {
    return LedgerEntry.newBuilder()
        .setKind(LedgerKind.REQUEST)
        .setRequestId(answer.requestId())
        .setRunId(answer.runId().toString())
        .setContentHash(RequestContent.hash(received))
        .setOutcome(declined(answer))
        .setRecordedAt(now)
        .build();
  }
}
