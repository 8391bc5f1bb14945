package io.profilemesh.query.compare;

import io.profilemesh.core.drift.Baseline;
import io.profilemesh.core.drift.BaselineStrategy;
import io.profilemesh.core.drift.DriftEvaluation;
import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.EffectivePolicy;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.core.drift.KnownChanges;
import io.profilemesh.core.drift.RunPoint;
import io.profilemesh.core.drift.Severity;
import io.profilemesh.core.drift.StrategyKind;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.judgement.mapping.StrategyMapping;
import io.profilemesh.judgement.mapping.VerdictMapping;
import io.profilemesh.judgement.memory.Replay;
import io.profilemesh.query.compare.PolicyTrial.PastPolicies;
import io.profilemesh.query.compare.Trial.Difference;
import io.profilemesh.query.history.DriftEventView;
import io.profilemesh.query.history.DriftEvents;
import io.profilemesh.query.history.Sight;
import io.profilemesh.query.history.StoredProfiles;
import io.profilemesh.query.history.StoredRun;
import io.profilemesh.query.history.StoredRuns;
import io.profilemesh.query.history.VerdictView;
import io.profilemesh.query.history.Verdicts;
import io.profilemesh.schema.BaselineChoice;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges the runs of one dataset again. */
final class DatasetTrial {

  private static final int MOST_RUNS = 1_000;

  private final Sight sight;
  private final Connection connection;
  private final String dataset;
  private final DriftPolicies proposed;
  private final PastPolicies past;
  private final Tally tally;

  DatasetTrial(
      Sight sight, String dataset, DriftPolicies proposed, PastPolicies past, Tally tally) {
    this.sight = sight;
    this.connection = sight.connection();
    this.dataset = dataset;
    this.proposed = proposed;
    this.past = past;
    this.tally = tally;
  }

  /**
   * Judges the runs of a time.
   *
   * @param isOver whether there is no time left
   * @return false: there are more runs than were judged
   */
  boolean run(Instant from, Instant to, BooleanSupplier isOver) throws SQLException {
    List<StoredRun> newest = StoredRuns.within(connection, dataset, from, to, MOST_RUNS + 1);
    List<StoredRun> runs = newest.stream().limit(MOST_RUNS).sorted(Recollection.ARRIVAL).toList();
    if (runs.isEmpty()) {
      return true;
    }
    Map<UUID, VerdictView> verdicts =
        Verdicts.ofRuns(runs.stream().map(StoredRun::runId).toList(), dataset).ask(sight);
    Set<RunId> confirmed = StoredRuns.confirmed(connection, dataset);
    Found found = Found.of(sight, runs);
    Replay replay = Recollection.before(sight, runs.get(0)).replay();
    int at = 0;
    for (List<StoredRun> share : Recollection.shares(runs)) {
      for (TableProfile profile : StoredProfiles.read(connection, share)) {
        if (isOver.getAsBoolean()) {
          return false;
        }
        StoredRun run = runs.get(at++);
        VerdictView verdict = verdicts.get(run.runId());
        if (verdict == null) {
          tally.leftOut();
        } else {
          KnownChanges changes =
              new KnownChanges(
                  replay.standing(profile, found.in(run)), StoredRuns.expected(connection, run));
          Past past = new Past(run, profile, verdict, changes);
          compare(past, replay, confirmed);
        }
        replay.remember(profile, found.in(run));
      }
    }
    return newest.size() <= MOST_RUNS;
  }

  private void compare(Past then, Replay replay, Set<RunId> confirmed) throws SQLException {
    VerdictView verdict = then.verdict();
    Map<List<@Nullable String>, Made> fired = fired(then, replay);
    Map<List<@Nullable String>, Made> would = new LinkedHashMap<>();
    Set<List<@Nullable String>> tolerated = Tolerated.of(verdict.notEvaluated());
    Baseline baseline = replay.baseline(strategy(then), confirmed, then.profile());
    for (Finding finding : then.judged(baseline, proposed)) {
      List<@Nullable String> key = Tolerated.key(finding);
      if (!tolerated.contains(key)) {
        would.put(key, new Made(finding.severity(), finding.message()));
      }
    }
    tally.judged(
        verdict.findingIds().size(), would.size(), verdict.findingIds().size() - fired.size());
    Set<List<@Nullable String>> all = new LinkedHashSet<>(fired.keySet());
    all.addAll(would.keySet());
    for (List<@Nullable String> key : all) {
      tell(then.run(), key, fired.get(key), would.get(key));
    }
  }

  private void tell(
      StoredRun run, List<@Nullable String> key, @Nullable Made fired, @Nullable Made would) {
    String difference;
    if (fired == null) {
      difference = "added";
    } else if (would == null) {
      difference = "gone";
    } else if (fired.severity() == would.severity()) {
      return;
    } else {
      difference = would.severity().compareTo(fired.severity()) > 0 ? "raised" : "lowered";
    }
    Made said = would == null ? fired : would;
    tally.add(
        new Difference(
            dataset,
            run.runId(),
            run.at(),
            key.get(0),
            String.valueOf(key.get(1)),
            difference,
            fired == null ? null : word(fired.severity()),
            would == null ? null : word(would.severity()),
            said == null ? "" : said.message()));
  }

  /** What the verdict found: judged again as it was then, or else as it was told. */
  private Map<List<@Nullable String>, Made> fired(Past then, Replay replay) throws SQLException {
    VerdictView verdict = then.verdict();
    Map<List<@Nullable String>, Made> fired = new LinkedHashMap<>();
    Set<String> unknown = new HashSet<>(verdict.findingIds());
    List<RunId> runs = verdict.baselineRunIds().stream().map(RunId::parse).toList();
    Set<RunId> remembered = replay.points().stream().map(RunPoint::run).collect(Collectors.toSet());
    if (!unknown.isEmpty() && !runs.isEmpty() && remembered.containsAll(runs)) {
      Baseline baseline = replay.baseline(kind(verdict), runs, List.of(), then.profile().dataset());
      for (Finding finding : then.judged(baseline, past.at(verdict.policyVersion()))) {
        String id = VerdictMapping.eventId(Heads.of(then.run()), finding, verdict.policyVersion());
        if (unknown.remove(id)) {
          fired.put(Tolerated.key(finding), new Made(finding.severity(), finding.message()));
        }
      }
    }
    if (!unknown.isEmpty()) {
      for (DriftEventView event : DriftEvents.ofIds(List.copyOf(unknown)).ask(sight)) {
        fired.put(
            Tolerated.key(event.column(), String.valueOf(event.metric())),
            new Made(
                Severity.valueOf(event.severity().toUpperCase(Locale.ROOT)),
                String.valueOf(event.message())));
      }
    }
    return fired;
  }

  /** What a person or requester chose stays; all else is as the proposed policies say. */
  private BaselineStrategy strategy(Past then) throws SQLException {
    VerdictView verdict = then.verdict();
    StrategyKind kind = kind(verdict);
    if (kind == StrategyKind.PINNED && !verdict.baselineRunIds().isEmpty()) {
      return new BaselineStrategy.Pinned(RunId.parse(verdict.baselineRunIds().get(0)));
    }
    DriftPolicies policies = past.at(verdict.policyVersion());
    boolean asked = kind != StrategyMapping.read(null, null, ofTable(then, policies)).kind();
    return StrategyMapping.read(
        asked && kind != StrategyKind.PINNED
            ? new BaselineChoice(io.profilemesh.schema.BaselineStrategy.valueOf(kind.name()), null)
            : null,
        null,
        ofTable(then, proposed));
  }

  private static EffectivePolicy ofTable(Past then, DriftPolicies policies) {
    return policies.effective(then.profile().dataset(), null, Metric.ROW_COUNT, null);
  }

  private static StrategyKind kind(VerdictView verdict) {
    return StrategyKind.valueOf(verdict.strategy().toUpperCase(Locale.ROOT));
  }

  private static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  /**
   * A run that was judged.
   *
   * @param changes what people had said of earlier changes
   */
  private record Past(
      StoredRun run, TableProfile profile, VerdictView verdict, KnownChanges changes) {

    List<Finding> judged(Baseline baseline, DriftPolicies policies) {
      return DriftEvaluation.evaluate(baseline, profile, policies, changes).findings();
    }
  }

  /** A finding, as far as it is compared. */
  private record Made(Severity severity, String message) {}
}
