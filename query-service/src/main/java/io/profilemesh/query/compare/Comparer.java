package io.profilemesh.query.compare;

import io.profilemesh.core.drift.Baseline;
import io.profilemesh.core.drift.BaselineStrategy;
import io.profilemesh.core.drift.DriftEvaluation;
import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.EffectivePolicy;
import io.profilemesh.core.drift.Evaluation;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.core.drift.KnownChanges;
import io.profilemesh.core.drift.NotEvaluated;
import io.profilemesh.core.drift.NotEvaluated.Code;
import io.profilemesh.core.drift.StrategyKind;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.judgement.mapping.StrategyMapping;
import io.profilemesh.judgement.mapping.VerdictMapping;
import io.profilemesh.judgement.memory.DatasetState;
import io.profilemesh.query.history.PolicyVersions;
import io.profilemesh.query.history.Question;
import io.profilemesh.query.history.Sight;
import io.profilemesh.query.history.StoredProfiles;
import io.profilemesh.query.history.StoredRun;
import io.profilemesh.query.history.StoredRuns;
import io.profilemesh.query.history.VerdictView;
import io.profilemesh.query.history.Verdicts;
import io.profilemesh.schema.BaselineChoice;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a run with others on demand. With the baseline and the policies of its verdict it comes
 * to the same findings.
 */
public final class Comparer {

  private final Sight sight;
  private final Connection connection;
  private final StoredRun current;
  private final TableProfile profile;
  private final Recollection memory;
  private final DriftPolicies policies;
  private final @Nullable VerdictView judged;
  private final Map<RunId, StoredRun> known = new HashMap<>();

  private Comparer(Sight sight, StoredRun current, @Nullable Long policyVersion)
      throws SQLException {
    this.sight = sight;
    this.connection = sight.connection();
    this.current = current;
    this.profile = StoredProfiles.read(connection, List.of(current)).get(0);
    this.memory = Recollection.before(sight, current);
    this.policies = PolicyVersions.at(connection, policyVersion);
    this.judged = Verdicts.of(current.runId(), current.datasetId()).ask(sight).orElse(null);
    memory.runs().forEach(run -> known.put(run.run(), run));
  }

  /**
   * The comparison of a run.
   *
   * @param policyVersion version of the policies that judge; null: those in force now
   */
  public static Question<Comparison> of(
      StoredRun current, Basis basis, @Nullable Long policyVersion) {
    return sight -> new Comparer(sight, current, policyVersion).compare(basis);
  }

  private Comparison compare(Basis basis) throws SQLException {
    Baseline baseline = baseline(basis);
    Found found = Found.of(sight, List.of(current));
    Evaluation all =
        DriftEvaluation.evaluate(
            baseline,
            profile,
            policies,
            new KnownChanges(
                memory.replay().standing(profile, found.in(current)),
                StoredRuns.expected(connection, current)));
    boolean asJudged = judged != null && isAsJudged(judged, baseline);
    Set<List<@Nullable String>> feedback =
        asJudged && judged != null ? Tolerated.of(judged.notEvaluated()) : Set.of();
    List<Finding> tolerated = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : all.findings()) {
      (feedback.contains(Tolerated.key(finding)) ? tolerated : findings).add(finding);
    }
    Evaluation evaluation = all.withFindings(findings);
    VerdictMapping answer = new VerdictMapping(Heads.of(current), evaluation, tolerated);
    answer.addRunbooks(policies, profile);
    List<StoredRun> runs =
        baseline.runs().stream().map(known::get).filter(Objects::nonNull).toList();
    return new Comparison(
        current,
        runs,
        evaluation,
        answer.verdict(List.of(), 0),
        answer.events(),
        runs.isEmpty()
            ? List.of()
            : Distributions.between(connection, runs.get(0), current, profile),
        judged,
        asJudged,
        memory.shortened());
  }

  private boolean isAsJudged(VerdictView verdict, Baseline baseline) {
    return verdict.policyVersion() == policies.version()
        && word(baseline.strategy()).equals(verdict.strategy())
        && baseline.runs().stream().map(RunId::toString).toList().equals(verdict.baselineRunIds());
  }

  private Baseline baseline(Basis basis) throws SQLException {
    if (basis instanceof Basis.AsJudged) {
      return judged == null || judged.baselineRunIds().isEmpty()
          ? chosen(strategy(null))
          : of(
              StrategyKind.valueOf(judged.strategy().toUpperCase(Locale.ROOT)),
              judged.baselineRunIds().stream().map(RunId::parse).toList());
    }
    if (basis instanceof Basis.Run one) {
      known.put(one.baseline().run(), one.baseline());
      List<RunId> runs = List.of(one.baseline().run());
      boolean same =
          judged != null
              && judged.baselineRunIds().equals(List.of(one.baseline().runId().toString()));
      return of(
          same && judged != null
              ? StrategyKind.valueOf(judged.strategy().toUpperCase(Locale.ROOT))
              : StrategyKind.PINNED,
          runs);
    }
    if (basis instanceof Basis.LastRuns last) {
      int minimum = effective().minimumHistory();
      return chosen(
          new BaselineStrategy.Window(last.count(), null, Math.min(last.count(), minimum)));
    }
    if (basis instanceof Basis.Period period) {
      return within(period);
    }
    if (basis instanceof Basis.Strategy wished) {
      return chosen(strategy(new BaselineChoice(wished.strategy(), null)));
    }
    throw new IllegalStateException("every basis makes a baseline");
  }

  private BaselineStrategy strategy(@Nullable BaselineChoice wish) throws SQLException {
    return StrategyMapping.read(
        wish, StoredRuns.pinned(connection, current.datasetId()), effective());
  }

  private EffectivePolicy effective() {
    return policies.effective(profile.dataset(), null, Metric.ROW_COUNT, null);
  }

  private Baseline chosen(BaselineStrategy strategy) throws SQLException {
    if (strategy instanceof BaselineStrategy.Pinned pinned
        && memory.replay().points().stream().noneMatch(one -> one.run().equals(pinned.run()))
        && !pinned.run().equals(current.run())) {
      return of(StrategyKind.PINNED, List.of(pinned.run()));
    }
    return memory
        .replay()
        .baseline(strategy, StoredRuns.confirmed(connection, current.datasetId()), profile);
  }

  private Baseline within(Basis.Period period) throws SQLException {
    List<StoredRun> runs =
        StoredRuns.within(
                connection,
                current.datasetId(),
                period.from(),
                period.to().isBefore(current.at()) ? period.to() : current.at(),
                DatasetState.MOST_RUNS + 1)
            .stream()
            .filter(run -> !run.runId().equals(current.runId()))
            .limit(DatasetState.MOST_RUNS)
            .toList();
    runs.forEach(run -> known.put(run.run(), run));
    return of(StrategyKind.WINDOW, runs.stream().map(StoredRun::run).toList());
  }

  /** The baseline that runs make; those that are no longer stored are left out. */
  private Baseline of(StrategyKind kind, List<RunId> runs) throws SQLException {
    List<StoredRun> forgotten = new ArrayList<>();
    List<RunId> there = new ArrayList<>();
    Set<RunId> remembered = memory.remembered();
    for (RunId run : runs) {
      StoredRun stored = known.get(run);
      if (stored == null) {
        stored = StoredRuns.one(run.value(), current.datasetId()).ask(sight).orElse(null);
      }
      if (stored != null) {
        known.put(run, stored);
        there.add(run);
        if (!remembered.contains(run)) {
          forgotten.add(stored);
        }
      }
    }
    if (there.isEmpty()) {
      return new Baseline.None(
          kind,
          new NotEvaluated(
              null,
              null,
              Code.NO_EARLIER_RUN,
              "No earlier run of the dataset is stored for this comparison."));
    }
    List<TableProfile> others = StoredProfiles.read(connection, forgotten);
    return memory.replay().baseline(kind, there, others, profile.dataset());
  }

  private static String word(StrategyKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
