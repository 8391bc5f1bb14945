package io.profilemesh.drift.processor;

import io.profilemesh.core.drift.Baseline;
import io.profilemesh.core.drift.BaselineStrategy;
import io.profilemesh.core.drift.DriftEvaluation;
import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.Evaluation;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.core.drift.RunPoint;
import io.profilemesh.core.incident.FeedbackLessons;
import io.profilemesh.core.incident.Incident;
import io.profilemesh.core.incident.RunSeen;
import io.profilemesh.core.incident.Sighting;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.drift.mapping.IncidentMapping;
import io.profilemesh.drift.store.Awaited;
import io.profilemesh.drift.store.ColumnKey;
import io.profilemesh.drift.store.DatasetOrders;
import io.profilemesh.drift.store.IncidentSlot;
import io.profilemesh.drift.store.KnownIncidents;
import io.profilemesh.drift.store.Stores;
import io.profilemesh.judgement.mapping.ProfileMapping;
import io.profilemesh.judgement.mapping.StrategyMapping;
import io.profilemesh.judgement.mapping.VerdictMapping;
import io.profilemesh.judgement.memory.ColumnHistory;
import io.profilemesh.judgement.memory.DatasetHistory;
import io.profilemesh.judgement.memory.DatasetState;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.serde.Decoded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Has a run judged against the remembered ones, forwards verdict and events, remembers the run. */
public final class EvaluateRun extends ContextualProcessor<byte[], Step.Run, byte[], Step> {

  private static final Duration TIDY = Duration.ofHours(6);

  private final DriftContext drift;
  private final Function<byte @Nullable [], Decoded<DriftPolicy>> policies;
  private final RegistryPatience patience;
  private @Nullable State state;

  /** The stores, there once the step is started. */
  private record State(
      KeyValueStore<String, DatasetState> datasets,
      KeyValueStore<ColumnKey, ColumnHistory> columns,
      KeyValueStore<IncidentSlot, KnownIncidents> incidents,
      KeyValueStore<String, DatasetOrders> orders,
      KeyValueStore<String, Awaited> awaited,
      PolicyTable policies) {}

  /**
   * For one task.
   *
   * @param policies turns bytes into policies, or says why not
   */
  public EvaluateRun(
      DriftContext drift,
      Function<byte @Nullable [], Decoded<DriftPolicy>> policies,
      RegistryPatience patience) {
    this.drift = drift;
    this.policies = policies;
    this.patience = patience;
  }

  @Override
  public void init(ProcessorContext<byte[], Step> context) {
    super.init(context);
    state =
        new State(
            context.getStateStore(Stores.DATASETS),
            context.getStateStore(Stores.COLUMNS),
            context.getStateStore(Stores.INCIDENTS),
            context.getStateStore(Stores.ORDERS),
            context.getStateStore(Stores.AWAITED),
            PolicyTable.of(context, policies, patience));
    context.schedule(TIDY, PunctuationType.STREAM_TIME, this::forgetResolved);
  }

  @Override
  public void process(Record<byte[], Step.Run> record) {
    TableProfile profile;
    BaselineStrategy strategy;
    DriftPolicies inForce;
    try {
      profile = ProfileMapping.read(record.value().parts());
      inForce = state().policies().inForce();
      strategy =
          StrategyMapping.read(
              record.value().parts().get(0).getBaseline(),
              orders(profile.dataset().toString()).pinned(),
              inForce.effective(profile.dataset(), null, Metric.ROW_COUNT, null));
    } catch (IllegalArgumentException e) {
      context()
          .forward(
              drift.refusal(
                  record,
                  record.value().where(),
                  ReasonCode.INVALID_RECORD,
                  "The profile contradicts itself: " + e.getMessage() + ".",
                  null));
      return;
    }
    judge(record, profile, strategy, inForce);
  }

  private void judge(
      Record<byte[], Step.Run> record,
      TableProfile profile,
      BaselineStrategy strategy,
      DriftPolicies inForce) {
    State state = state();
    io.profilemesh.schema.TableProfile head = record.value().parts().get(0);
    DatasetHistory history =
        new DatasetHistory(
            new StoredMemory(head.getDatasetId(), state.datasets(), state.columns()));
    IncidentBook book = new IncidentBook(head.getDatasetId(), state.incidents(), drift.rules());
    Baseline baseline = history.baseline(strategy, book.confirmedRuns(), profile);
    Evaluation evaluation =
        DriftEvaluation.evaluate(baseline, profile, inForce, book.changes(profile.scannedAt()));
    FeedbackLessons.Heard heard =
        new FeedbackLessons(book::of, normal(history, book, profile), drift.rules())
            .hear(evaluation);
    history.remember(
        profile,
        evaluation.renames(),
        head.getAttempt(),
        record.value().digest(),
        orders(head.getDatasetId()).pinned());
    arrived(head);
    tell(record, profile, heard, inForce, book);
  }

  /** Remembered runs of incidents that people expected. */
  private static Map<RunId, TableProfile> normal(
      DatasetHistory history, IncidentBook book, TableProfile profile) {
    Set<RunId> expected = book.expectedRuns();
    if (expected.isEmpty()) {
      return Map.of();
    }
    List<RunId> runs =
        history.points().stream().map(RunPoint::run).filter(expected::contains).toList();
    return history.profiles(runs, profile.dataset()).stream()
        .collect(Collectors.toMap(TableProfile::runId, Function.identity()));
  }

  /** Forwards what people are told, the verdict, and the incidents as they stand. */
  private void tell(
      Record<byte[], Step.Run> record,
      TableProfile profile,
      FeedbackLessons.Heard heard,
      DriftPolicies inForce,
      IncidentBook book) {
    io.profilemesh.schema.TableProfile head = record.value().parts().get(0);
    Evaluation evaluation = heard.evaluation();
    DatasetOrders orders = orders(head.getDatasetId());
    Instant when = Instant.ofEpochMilli(record.timestamp());
    List<Sighting> sightings = new ArrayList<>();
    for (Finding finding : evaluation.findings()) {
      String id = VerdictMapping.eventId(head, finding, evaluation.policyVersion());
      sightings.add(Sighting.of(id, finding, isMuted(orders, finding, when)));
    }
    IncidentMapping incidents = new IncidentMapping(drift.environment(), profile.dataset());
    RunSeen run =
        new RunSeen(
            profile.dataset(),
            profile.runId(),
            profile.scannedAt(),
            when,
            head.getOwner(),
            head.getTags(),
            incidents.ids());
    book.take(run, head.getScanStartedAt(), sightings, evaluation, inForce, profile);
    VerdictMapping answer = new VerdictMapping(head, evaluation, heard.tolerated());
    answer.addRunbooks(inForce, profile);
    Map<String, DriftEvent> events =
        answer.events().stream()
            .collect(Collectors.toMap(DriftEvent::getEventId, Function.identity()));
    Telling telling = new Telling(drift, incidents, orders, context()::forward);
    List<String> told = telling.announce(record, book, events, evaluation.policyVersion());
    RunVerdict verdict = answer.verdict(told, book.open());
    drift.observer().judged(verdict.getOutcome());
    context().forward(drift.outgoing(record, new Step.Verdict(verdict), verdict, id(verdict)));
    telling.stand(record, book);
  }

  private static String id(RunVerdict verdict) {
    return EventIds.of(
        "run-verdict", verdict.getEnvironment(), verdict.getDatasetId(), verdict.getRunId());
  }

  /** The run that was awaited has come; the next one is due when the profile says. */
  private void arrived(io.profilemesh.schema.TableProfile head) {
    Awaited awaited = state().awaited().get(head.getDatasetId());
    if (awaited == null || head.getScanStartedAt().isBefore(awaited.due())) {
      return;
    }
    Instant next = head.getNextRunExpectedAt();
    if (next == null) {
      state().awaited().delete(head.getDatasetId());
    } else {
      state()
          .awaited()
          .put(head.getDatasetId(), awaited.next(next, head.getOwner(), head.getTags()));
    }
  }

  private static boolean isMuted(DatasetOrders orders, Finding finding, Instant when) {
    return orders.mutes(
        finding.column() == null ? null : finding.column().value(), finding.metric(), when);
  }

  private DatasetOrders orders(String dataset) {
    DatasetOrders orders = state().orders().get(dataset);
    return orders == null ? DatasetOrders.EMPTY : orders;
  }

  /** Lets go of incidents that were resolved long ago, and tells their topic. */
  private void forgetResolved(long streamTime) {
    Instant before = Instant.ofEpochMilli(streamTime).minus(drift.rules().keepResolved());
    Set<String> datasets = new TreeSet<>();
    try (KeyValueIterator<IncidentSlot, KnownIncidents> all = state().incidents().all()) {
      all.forEachRemaining(one -> datasets.add(one.key.dataset()));
    }
    for (String dataset : datasets) {
      IncidentBook book = new IncidentBook(dataset, state().incidents(), drift.rules());
      book.forget(incident -> isOver(incident, before));
      book.forgotten().forEach(id -> context().forward(Telling.tombstone(id, streamTime)));
    }
  }

  private static boolean isOver(Incident incident, Instant before) {
    Instant resolved = incident.course().resolved();
    return resolved != null && resolved.isBefore(before);
  }

  private State state() {
    State started = state;
    if (started == null) {
      throw new IllegalStateException("the step was not started");
    }
    return started;
  }
}
