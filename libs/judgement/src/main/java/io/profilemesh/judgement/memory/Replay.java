package io.profilemesh.judgement.memory;

import io.profilemesh.core.drift.Baseline;
import io.profilemesh.core.drift.BaselineStrategy;
import io.profilemesh.core.drift.DriftEvaluation;
import io.profilemesh.core.drift.DriftKind;
import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.Evaluation;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.core.drift.FormerColumn;
import io.profilemesh.core.drift.RunPoint;
import io.profilemesh.core.drift.StrategyKind;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the drift service remembered of a dataset, built again from its profiles. Given the same
 * profiles in the order in which they came, baselines are the same to the last digit. One thread at
 * a time.
 */
public final class Replay {

  private static final int UNKNOWN_ATTEMPT = 0;

  private final ReplayedMemory memory = new ReplayedMemory();
  private final Map<ColumnName, FormerColumn.Standing> standing = new LinkedHashMap<>();
  private List<ColumnDefinition> last = List.of();

  /** Runs that are remembered. */
  public List<RunPoint> points() {
    return memory.dataset().points();
  }

  /**
   * Takes in the next run.
   *
   * @param made whether its verdict has a finding; of changes of the schema only, for what was
   *     accepted is found no more
   */
  public void remember(TableProfile profile, Predicate<Finding> made) {
    boolean changed = !last.equals(profile.columns());
    Evaluation schema = changed || !standing.isEmpty() ? schema(profile) : null;
    if (schema != null) {
      note(profile.scannedAt(), schema, made);
    }
    history()
        .remember(profile, schema == null ? List.of() : schema.renames(), UNKNOWN_ATTEMPT, 0, null);
    last = profile.columns();
  }

  /**
   * Changes of the schema that nobody has accepted yet, as the next run is judged by them.
   *
   * @param made whether its verdict has a finding
   */
  public Map<ColumnName, FormerColumn.Standing> standing(
      TableProfile profile, Predicate<Finding> made) {
    Map<ColumnName, FormerColumn.Standing> before = standingAt(profile.scannedAt());
    if (!before.isEmpty()) {
      for (Finding finding : schema(profile).findings()) {
        if (isSchema(finding) && !made.test(finding)) {
          before.remove(finding.column());
        }
      }
    }
    return before;
  }

  /**
   * The baseline of a run as its strategy chooses it.
   *
   * @param faulty runs that no baseline is made of
   */
  public Baseline baseline(BaselineStrategy strategy, Set<RunId> faulty, TableProfile profile) {
    return history().baseline(strategy, faulty, profile);
  }

  /**
   * The baseline that certain runs make. A run that is not remembered counts as it would be as the
   * only one.
   *
   * @param kind how they were chosen
   * @param runs newest first, at least one
   * @param others profiles of those that are not remembered; more do no harm
   * @throws IllegalArgumentException when a run is neither remembered nor given
   */
  public Baseline baseline(
      StrategyKind kind, List<RunId> runs, List<TableProfile> others, DatasetId dataset) {
    Set<RunId> remembered = new HashSet<>();
    points().forEach(point -> remembered.add(point.run()));
    Map<RunId, TableProfile> profiles = new HashMap<>();
    others.stream()
        .filter(other -> !remembered.contains(other.runId()))
        .forEach(other -> profiles.put(other.runId(), alone(other)));
    history()
        .profiles(runs.stream().filter(remembered::contains).toList(), dataset)
        .forEach(profile -> profiles.put(profile.runId(), profile));
    if (!profiles.keySet().containsAll(runs)) {
      throw new IllegalArgumentException("every run of a baseline is remembered or given");
    }
    return DatasetHistory.baseline(
        kind, runs.stream().map(profiles::get).map(Objects::requireNonNull).toList());
  }

  private static TableProfile alone(TableProfile profile) {
    Replay replay = new Replay();
    replay.history().remember(profile, List.of(), UNKNOWN_ATTEMPT, 0, null);
    return replay.history().profiles(List.of(profile.runId()), profile.dataset()).get(0);
  }

  /** What a run says of its schema. Values are looked at only where a column may be renamed. */
  private Evaluation schema(TableProfile profile) {
    Baseline before = baseline(new BaselineStrategy.Previous(), Set.of(), profile);
    boolean renames = mayRename(profile);
    if (!renames && before instanceof Baseline.SingleRun run) {
      before = new Baseline.SingleRun(run.strategy(), bare(run.profile()));
    }
    return DriftEvaluation.evaluate(
        before,
        renames ? profile : bare(profile),
        DriftPolicies.builtIn(),
        standingAt(profile.scannedAt()));
  }

  /** What is found again stands, what is new stands from now on, all else was taken back. */
  private void note(Instant at, Evaluation schema, Predicate<Finding> made) {
    Map<ColumnName, FormerColumn.Standing> before = standingAt(at);
    standing.keySet().removeAll(before.keySet());
    for (Finding finding : schema.findings()) {
      ColumnName column = finding.column();
      FormerColumn former = finding.former();
      if (isSchema(finding) && column != null && former != null && made.test(finding)) {
        FormerColumn.Standing known = before.get(column);
        standing.putIfAbsent(column, known == null ? new FormerColumn.Standing(former, at) : known);
      }
    }
  }

  private Map<ColumnName, FormerColumn.Standing> standingAt(Instant at) {
    Map<ColumnName, FormerColumn.Standing> then = new LinkedHashMap<>(standing);
    then.values().removeIf(change -> at.isBefore(change.since()));
    return then;
  }

  private static boolean isSchema(Finding finding) {
    return finding.kind() == DriftKind.SCHEMA;
  }

  /** Only a run that lost columns and won others can have renamed any. */
  private boolean mayRename(TableProfile profile) {
    Set<String> known = memory.names();
    Set<String> now = new HashSet<>();
    profile.columns().forEach(column -> now.add(column.name().value()));
    return !known.containsAll(now) && !now.containsAll(known);
  }

  private static TableProfile bare(TableProfile profile) {
    return new TableProfile(
        profile.runId(),
        profile.dataset(),
        profile.scannedAt(),
        profile.rowCount(),
        profile.rowCountQuality(),
        profile.columns(),
        profile.metrics(),
        List.of());
  }

  private DatasetHistory history() {
    return new DatasetHistory(memory);
  }
}
