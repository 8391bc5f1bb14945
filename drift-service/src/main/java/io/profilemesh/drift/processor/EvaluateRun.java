package io.profilemesh.drift.processor;

import io.profilemesh.core.drift.Baseline;
import io.profilemesh.core.drift.BaselineChoice;
import io.profilemesh.core.drift.BaselineStrategy;
import io.profilemesh.core.drift.DriftEvaluation;
import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.RunPoint;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.drift.mapping.ProfileMapping;
import io.profilemesh.drift.mapping.StrategyMapping;
import io.profilemesh.drift.mapping.VerdictMapping;
import io.profilemesh.drift.store.ColumnHistory;
import io.profilemesh.drift.store.ColumnKey;
import io.profilemesh.drift.store.DatasetState;
import io.profilemesh.drift.store.Stores;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunVerdict;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Has a run judged against the remembered ones, forwards verdict and events, remembers the run. */
public final class EvaluateRun extends ContextualProcessor<byte[], Step.Run, byte[], Step> {

  private final DriftContext drift;
  private final Supplier<DriftPolicies> policies;
  private @Nullable KeyValueStore<String, DatasetState> datasets;
  private @Nullable KeyValueStore<ColumnKey, ColumnHistory> columns;

  /**
   * For one task.
   *
   * @param policies the policies in force when a run is judged
   */
  public EvaluateRun(DriftContext drift, Supplier<DriftPolicies> policies) {
    this.drift = drift;
    this.policies = policies;
  }

  @Override
  public void init(ProcessorContext<byte[], Step> context) {
    super.init(context);
    datasets = context.getStateStore(Stores.DATASETS);
    columns = context.getStateStore(Stores.COLUMNS);
  }

  @Override
  public void process(Record<byte[], Step.Run> record) {
    TableProfile profile;
    BaselineStrategy strategy;
    DriftPolicies inForce;
    try {
      profile = ProfileMapping.read(record.value().parts());
      inForce = policies.get();
      strategy =
          StrategyMapping.read(
              record.value().parts().get(0).getBaseline(),
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
    if (datasets == null || columns == null) {
      throw new IllegalStateException("the step was not started");
    }
    io.profilemesh.schema.TableProfile head = record.value().parts().get(0);
    DatasetHistory history = new DatasetHistory(head.getDatasetId(), datasets, columns);
    Baseline baseline = baseline(strategy, history, profile);
    VerdictMapping answer =
        new VerdictMapping(head, DriftEvaluation.evaluate(baseline, profile, inForce));
    history.remember(profile, head.getAttempt(), record.value().digest());
    for (DriftEvent event : answer.events()) {
      drift.observer().found(event.getSeverity());
      context().forward(drift.outgoing(record, new Step.Event(event), event, event.getEventId()));
    }
    RunVerdict verdict = answer.verdict();
    drift.observer().judged(verdict.getOutcome());
    context().forward(drift.outgoing(record, new Step.Verdict(verdict), verdict, id(verdict)));
  }

  private static Baseline baseline(
      BaselineStrategy strategy, DatasetHistory history, TableProfile profile) {
    RunPoint underTest = new RunPoint(profile.runId(), profile.scannedAt());
    BaselineChoice choice = strategy.choose(history.points(), underTest);
    if (choice instanceof BaselineChoice.Runs runs) {
      List<TableProfile> profiles =
          history.profiles(runs.points().stream().map(RunPoint::run).toList(), profile.dataset());
      boolean single =
          strategy instanceof BaselineStrategy.Previous
              || strategy instanceof BaselineStrategy.Pinned
              || (strategy instanceof BaselineStrategy.Auto && profiles.size() == 1);
      return single
          ? new Baseline.SingleRun(strategy.kind(), profiles.get(0))
          : new Baseline.History(strategy.kind(), profiles);
    }
    if (choice instanceof BaselineChoice.None none) {
      return new Baseline.None(strategy.kind(), none.reason());
    }
    throw new IllegalStateException("a choice is some runs or none");
  }

  private static String id(RunVerdict verdict) {
    return EventIds.of(
        "run-verdict", verdict.getEnvironment(), verdict.getDatasetId(), verdict.getRunId());
  }
}
