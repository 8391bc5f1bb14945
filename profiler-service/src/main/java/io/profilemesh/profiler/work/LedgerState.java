package io.profilemesh.profiler.work;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.work.Ledger.AnsweredRequest;
import io.profilemesh.schema.LedgerEntry;
import io.profilemesh.schema.LedgerKind;
import io.profilemesh.schema.RunEventType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The ledger's content in memory, as long as it is to be remembered. */
final class LedgerState {

  private static final Logger LOG = Logger.getLogger(LedgerState.class);

  private final Duration memory;
  private final Clock clock;
  private final Map<RunKey, Instant> ends = new ConcurrentHashMap<>();
  private final Map<RunKey, Instant> failed = new ConcurrentHashMap<>();
  private final Map<RunKey, Attempts> attempts = new ConcurrentHashMap<>();
  private final Map<String, AnsweredRequest> requests = new ConcurrentHashMap<>();
  private final Map<String, Instant> declined = new ConcurrentHashMap<>();
  private final Map<String, Instant> refused = new ConcurrentHashMap<>();
  private final Map<Cancelled, CancelOrder> cancelled = new ConcurrentHashMap<>();

  LedgerState(Duration memory, Clock clock) {
    this.memory = memory;
    this.clock = clock;
  }

  boolean hasEnded(RunKey run) {
    return ends.containsKey(run);
  }

  boolean hasFailed(RunKey run) {
    return failed.containsKey(run);
  }

  int attempts(RunKey run) {
    Attempts known = attempts.get(run);
    return known == null ? 0 : known.count();
  }

  Optional<AnsweredRequest> request(String requestId) {
    return Optional.ofNullable(requests.get(requestId)).filter(answer -> isRemembered(answer.at()));
  }

  Optional<CancelOrder> cancelOrder(RunKey run) {
    CancelOrder order = cancelled.get(new Cancelled(run.runId(), run.dataset()));
    return Optional.ofNullable(
        order == null ? cancelled.get(new Cancelled(run.runId(), null)) : order);
  }

  boolean isDeclined(String requestId) {
    return declined.containsKey(requestId);
  }

  boolean isRefused(String requestId) {
    return refused.containsKey(requestId);
  }

  void apply(LedgerEntry entry) {
    try {
      RunId runId = RunId.parse(entry.getRunId());
      String contentHash = entry.getContentHash();
      String datasetId = entry.getDatasetId();
      if (entry.getKind() == LedgerKind.REQUEST && contentHash != null) {
        rememberRequest(
            entry.getRequestId(), new AnsweredRequest(runId, contentHash, entry.getRecordedAt()));
        if (entry.getOutcome() != null) {
          declined.put(entry.getRequestId(), entry.getRecordedAt());
        }
        if (entry.getOutcome() == RunEventType.FAILED) {
          refused.put(entry.getRequestId(), entry.getRecordedAt());
        }
      } else if (entry.getKind() == LedgerKind.RUN && datasetId != null) {
        RunKey run = new RunKey(runId, DatasetId.parse(datasetId));
        if (entry.getOutcome() == null) {
          rememberAttempt(run, entry.getAttempt(), entry.getRecordedAt());
        } else {
          rememberEnd(run, entry.getRecordedAt());
          if (entry.getOutcome() == RunEventType.FAILED) {
            failed.put(run, entry.getRecordedAt());
          }
        }
      } else if (entry.getKind() == LedgerKind.CANCEL) {
        cancelled.putIfAbsent(
            new Cancelled(runId, datasetId == null ? null : DatasetId.parse(datasetId)),
            CancelOrder.of(entry));
      }
    } catch (IllegalArgumentException e) {
      LOG.warnf("an entry of the ledger was left out: %s", e.getMessage());
    }
  }

  void rememberEnd(RunKey run, Instant at) {
    ends.put(run, at);
    attempts.remove(run);
  }

  void rememberAttempt(RunKey run, int attempt, Instant at) {
    if (!ends.containsKey(run)) {
      attempts.merge(
          run,
          new Attempts(attempt, at),
          (known, other) -> known.count() >= other.count() ? known : other);
    }
  }

  /** The first answer stays: a repeat never changes what the id stands for. */
  void rememberRequest(String requestId, AnsweredRequest answer) {
    requests.merge(requestId, answer, (known, other) -> isRemembered(known.at()) ? known : other);
  }

  /** Drops what is older than the ledger remembers. */
  void forgetOld() {
    ends.values().removeIf(at -> !isRemembered(at));
    failed.values().removeIf(at -> !isRemembered(at));
    attempts.values().removeIf(known -> !isRemembered(known.at()));
    requests.values().removeIf(answer -> !isRemembered(answer.at()));
    declined.values().removeIf(at -> !isRemembered(at));
    refused.values().removeIf(at -> !isRemembered(at));
    cancelled.values().removeIf(order -> !isRemembered(order.at()));
  }

  private boolean isRemembered(Instant at) {
    return at.plus(memory).isAfter(clock.instant());
  }

  private record Attempts(int count, Instant at) {}

  /** What is to be cancelled; without a dataset, all of the run. */
  private record Cancelled(RunId runId, @Nullable DatasetId dataset) {}
}
