package io.profilemesh.profiler.trigger;

import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.trigger.Answer.DatasetOutcome;
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
import java.util.Optional;

/** Decides what becomes of a request: which datasets are profiled, and why others are not. */
final class RequestPlanner {

  private static final int LONGEST_REQUEST_ID = 200;

  private final ProfilerConfiguration configuration;
  private final RequestExpansion expansion;
  private final RequestSlices slices;
  private final Clock clock;

  RequestPlanner(ProfilerConfiguration configuration, RequestExpansion expansion, Clock clock) {
    this.configuration = configuration;
    this.expansion = expansion;
    this.slices = new RequestSlices(configuration);
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
      List<DatasetOutcome> outcomes = new ArrayList<>();
      for (Target target : targets(received, runId)) {
        outcomes.add(outcome(request, target, memory));
      }
      return new Answer(runId, requestId, true, outcomes);
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

  private List<Target> targets(ReceivedRequest received, RunId runId) throws Declined {
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
    List<DatasetId> tables = expansion.expand(source.name(), request);
    SliceRequest slice = request.getOptions() == null ? null : request.getOptions().getSlice();
    return slice == null
        ? RequestSlices.wholeTables(tables, runId)
        : slices.periods(tables, slice, runId, clock.instant());
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

  /** A run id of the requester's own choice may be one that has been used up. */
  private static DatasetOutcome outcome(ProfileRequest request, Target target, BatchMemory memory) {
    return request.getRunId() != null
            && memory.hasEnded(new RunKey(target.runId(), target.dataset()))
        ? new DatasetOutcome.Declined(
            target.dataset(),
            RunEventType.SKIPPED,
            ReasonCode.DUPLICATE_REQUEST,
            "The run of this id has already ended for this dataset; choose another run id.")
        : new DatasetOutcome.Accepted(target.dataset(), target.runId(), target.slice());
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
                RequestSubject.of(request), type, reason.code(), reason.sentence())));
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
