package io.profilemesh.profiler.trigger;

import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.plan.Decision;
import io.profilemesh.profiler.plan.Planning;
import io.profilemesh.profiler.plan.Planning.Subject;
import io.profilemesh.profiler.trigger.Answer.DatasetOutcome;
import io.profilemesh.profiler.trigger.RequestExpansion.Expansion;
import io.profilemesh.profiler.trigger.RequestSlices.Target;
import io.profilemesh.profiler.work.Ledger.AnsweredRequest;
import io.profilemesh.profiler.work.RunKey;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.Refusal;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.SliceRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a request: which datasets are profiled, and why others are not. */
final class RequestPlanner {

  private static final int LONGEST_REQUEST_ID = 200;

  private final ProfilerConfiguration configuration;
  private final RequestExpansion expansion;
  private final RequestSlices slices;
  private final Planning planning;
  private final Clock clock;

  RequestPlanner(
      ProfilerConfiguration configuration,
      RequestExpansion expansion,
      Planning planning,
      Clock clock) {
    this.configuration = configuration;
    this.expansion = expansion;
    this.slices = new RequestSlices(configuration);
    this.planning = planning;
    this.clock = clock;
  }

  /** The answer. Asks the source's catalogue, and so may take as long as that is given. */
  Answer plan(ReceivedRequest received, BatchMemory memory) {
    ProfileRequest request = received.request();
    String requestId = requestId(received);
    Optional<AnsweredRequest> earlier = memory.request(requestId);
    if (earlier.isPresent()) {
      return repeated(received, requestId, earlier.get());
    }
    RunId runId = runId(request, requestId);
    memory.remember(requestId, runId, RequestContent.hash(received), clock.instant());
    try {
      return new Answer(runId, requestId, true, outcomes(received, runId, memory));
    } catch (Declined e) {
      return declined(runId, requestId, true, request, RunEventType.FAILED, e);
    }
  }

  /** The answer to a request that cannot be planned because of a defect. */
  Answer broken(ReceivedRequest received) {
    String requestId = requestId(received);
    return declined(
        runId(received.request(), requestId),
        requestId,
        true,
        received.request(),
        RunEventType.FAILED,
        new Declined(
            ReasonCode.INTERNAL_ERROR, "The request met a defect; the profiler's log says where."));
  }

  private List<DatasetOutcome> outcomes(ReceivedRequest received, RunId runId, BatchMemory memory)
      throws Declined {
    ProfileRequest request = received.request();
    SourceConfig source = admit(received);
    Expansion found =
        expansion.expand(source.name(), request, memory.datasets(source.name().value()));
    List<Target> targets = targets(request, List.copyOf(found.tables().keySet()), runId);
    List<Decision> decisions =
        planning.decide(
            source.name(), subjects(targets, found), request.getOptions(), maySkip(request));
    List<DatasetOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      outcomes.add(outcome(request, targets.get(i), decisions.get(i), memory));
    }
    for (DatasetId dataset : found.missing()) {
      outcomes.add(
          new DatasetOutcome.Declined(
              dataset,
              runId,
              RunEventType.FAILED,
              ReasonCode.NO_MATCHING_TABLE,
              "The source has no such table, or its user may not see it; names are"
                  + " case-sensitive.",
              null));
    }
    if (!request.getDryRun()) {
      for (DatasetId dataset : found.vanished()) {
        memory.forget(dataset);
        outcomes.add(vanished(dataset, runId));
      }
    }
    if (outcomes.isEmpty()) {
      throw new Declined(
          ReasonCode.NO_MATCHING_TABLE, "Every table that the pattern once meant is gone.");
    }
    return outcomes;
  }

  private static DatasetOutcome vanished(DatasetId dataset, RunId runId) {
    return new DatasetOutcome.Declined(
        dataset,
        runId,
        RunEventType.FAILED,
        ReasonCode.TABLE_VANISHED,
        "The table was read before and is gone now, or the source's user may no longer see it."
            + " This is said once.",
        null);
  }

  private List<Target> targets(ProfileRequest request, List<DatasetId> tables, RunId runId)
      throws Declined {
    SliceRequest slice = request.getOptions() == null ? null : request.getOptions().getSlice();
    return slice == null || tables.isEmpty()
        ? RequestSlices.wholeTables(tables, runId)
        : slices.periods(tables, slice, runId, clock.instant());
  }

  private static List<Subject> subjects(List<Target> targets, Expansion found) {
    return targets.stream()
        .map(
            target ->
                new Subject(
                    target.dataset(),
                    Objects.requireNonNull(found.tables().get(target.dataset().wholeTable())),
                    target.slice() == null ? null : target.slice().getEnd()))
        .toList();
  }

  /** A token may only stand against what nobody asked for; a plan shows what it would do. */
  private static boolean maySkip(ProfileRequest request) {
    return request.getDryRun()
        || switch (request.getTrigger()) {
          case SCHEDULE, SWEEP -> true;
          case REQUEST, CLI, REST, CHANGE_CAPTURE, BACKFILL, UNKNOWN -> false;
        };
  }

  /** The request's source, if the request can be served at all. */
  private SourceConfig admit(ReceivedRequest received) throws Declined {
    Refusal refusal = received.refusal();
    if (refusal != null) {
      throw new Declined(refusal.code(), refusal.message());
    }
    ProfileRequest request = received.request();
    Instant deadline = request.getDeadline();
    if (deadline != null && deadline.isBefore(clock.instant())) {
      throw new Declined(
          ReasonCode.DEADLINE_EXPIRED, "The deadline had passed when the request was read.");
    }
    SourceConfig source = source(request);
    RequestOptions.check(request.getOptions());
    return source;
  }

  private SourceConfig source(ProfileRequest request) throws Declined {
    String name = request.getSource();
    if (!SourceName.isValid(name)) {
      throw new Declined(
          ReasonCode.UNKNOWN_SOURCE,
          "The source is not the name of a source; connections are set in the profiler's"
              + " configuration only.");
    }
    SourceConfig source =
        configuration
            .source(new SourceName(name))
            .orElseThrow(
                () ->
                    new Declined(
                        ReasonCode.UNKNOWN_SOURCE,
                        "There is no source '" + name + "' in the profiler's configuration."));
    if (!source.enabled()) {
      throw new Declined(
          ReasonCode.UNKNOWN_SOURCE,
          "The source '" + name + "' is disabled in the profiler's configuration.");
    }
    return source;
  }

  private static DatasetOutcome outcome(
      ProfileRequest request, Target target, Decision decision, BatchMemory memory) {
    if (request.getDryRun()) {
      return skipped(target, ReasonCode.DRY_RUN, decision.reason(), decision);
    }
    if (decision.kind() == Decision.Kind.SKIP) {
      return skipped(target, ReasonCode.UNCHANGED, decision.reason(), decision);
    }
    // A run id of the requester's own choice may be one that has been used up.
    return request.getRunId() != null
            && memory.hasEnded(new RunKey(target.runId(), target.dataset()))
        ? skipped(
            target,
            ReasonCode.DUPLICATE_REQUEST,
            "The run of this id has already ended for this dataset; choose another run id.",
            null)
        : new DatasetOutcome.Accepted(target.dataset(), target.runId(), target.slice(), decision);
  }

  private static DatasetOutcome skipped(
      Target target, ReasonCode code, String sentence, @Nullable Decision decision) {
    return new DatasetOutcome.Declined(
        target.dataset(), target.runId(), RunEventType.SKIPPED, code, sentence, decision);
  }

  /** Answers under a run of its own, so that the original run's course is not disturbed. */
  private Answer repeated(ReceivedRequest received, String requestId, AnsweredRequest earlier) {
    RunId runId = RunId.derivedFrom(received.coordinates());
    boolean same = earlier.contentHash().equals(RequestContent.hash(received));
    return declined(
        runId,
        requestId,
        false,
        received.request(),
        same ? RunEventType.SKIPPED : RunEventType.FAILED,
        same
            ? new Declined(
                ReasonCode.DUPLICATE_REQUEST,
                "The request was answered before, by run " + earlier.runId() + '.')
            : new Declined(
                ReasonCode.CONFLICTING_REQUEST,
                "Another request of this id was answered by run "
                    + earlier.runId()
                    + "; use a new request id for a new request."));
  }

  private static Answer declined(
      RunId runId,
      String requestId,
      boolean remembered,
      ProfileRequest request,
      RunEventType type,
      Declined reason) {
    return new Answer(
        runId,
        requestId,
        remembered,
        List.of(
            new DatasetOutcome.Declined(
                RequestSubject.of(request), runId, type, reason.code(), reason.sentence(), null)));
  }

  private static String requestId(ReceivedRequest received) {
    String given = received.request().getRequestId();
    return given == null || given.isBlank() || !isPrintable(given) ? received.coordinates() : given;
  }

  private static boolean isPrintable(String requestId) {
    return requestId.equals(PrintableText.of(requestId, LONGEST_REQUEST_ID));
  }

  private static RunId runId(ProfileRequest request, String requestId) {
    String given = request.getRunId();
    if (given != null) {
      try {
        return RunId.parse(given);
      } catch (IllegalArgumentException e) {
        // The rules refuse such a request; its answer needs a run all the same.
      }
    }
    return RunId.derivedFrom(requestId);
  }
}
