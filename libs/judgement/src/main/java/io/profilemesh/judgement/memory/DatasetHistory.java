package io.profilemesh.judgement.memory;

import io.profilemesh.core.drift.Baseline;
import io.profilemesh.core.drift.BaselineChoice;
import io.profilemesh.core.drift.BaselineStrategy;
import io.profilemesh.core.drift.DriftEvaluation;
import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.Rename;
import io.profilemesh.core.drift.RunPoint;
import io.profilemesh.core.drift.StrategyKind;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.judgement.memory.DatasetState.JudgedRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The remembered runs of one dataset, read from their memory once and written back at the end. */
public final class DatasetHistory {

  private final RunMemory memory;
  private final DatasetState state;
  private final Map<String, ColumnHistory> histories;

  public DatasetHistory(RunMemory memory) {
    this.memory = memory;
    this.state = memory.dataset();
    this.histories = new TreeMap<>(memory.columns());
  }

  /**
   * What a run is judged against.
   *
   * @param strategy how to choose
   * @param faulty runs that no baseline is made of
   * @param profile the run under test
   */
  public Baseline baseline(BaselineStrategy strategy, Set<RunId> faulty, TableProfile profile) {
    RunPoint underTest = new RunPoint(profile.runId(), profile.scannedAt());
    List<RunPoint> points =
        points().stream().filter(point -> !faulty.contains(point.run())).toList();
    BaselineChoice choice = strategy.choose(points, underTest);
    if (choice instanceof BaselineChoice.Runs runs) {
      List<RunId> chosen = runs.points().stream().map(RunPoint::run).toList();
      return baseline(strategy.kind(), profiles(chosen, profile.dataset()));
    }
    if (choice instanceof BaselineChoice.None none) {
      return new Baseline.None(strategy.kind(), none.reason());
    }
    throw new IllegalStateException("a choice is some runs or none");
  }

  /**
   * The baseline that remembered runs make.
   *
   * @param kind how they were chosen
   * @param profiles newest first, at least one
   */
  static Baseline baseline(StrategyKind kind, List<TableProfile> profiles) {
    boolean single =
        kind == StrategyKind.PREVIOUS
            || kind == StrategyKind.PINNED
            || (kind == StrategyKind.AUTO && profiles.size() == 1);
    return single
        ? new Baseline.SingleRun(kind, profiles.get(0))
        : new Baseline.History(kind, profiles);
  }

  /** Places in time of the remembered runs. */
  public List<RunPoint> points() {
    return state.points();
  }

  /**
   * Remembered runs as profiles: definitions, and the metrics and distributions that are kept.
   *
   * @param runs in the order wanted
   */
  public List<TableProfile> profiles(List<RunId> runs, DatasetId id) {
    Map<Integer, RunColumns> bySequence = new HashMap<>();
    runs.forEach(run -> bySequence.put(state.entry(run).sequence(), new RunColumns()));
    for (ColumnHistory history : inOrderOfTable()) {
      for (ColumnPoint point : history.points()) {
        RunColumns columnsOfRun = bySequence.get(point.sequence());
        if (columnsOfRun != null) {
          columnsOfRun.add(point);
        }
      }
    }
    return runs.stream()
        .map(state::entry)
        .map(entry -> bySequence.getOrDefault(entry.sequence(), new RunColumns()).of(entry, id))
        .toList();
  }

  /**
   * Histories in the order in which a table has its columns: what runs are sorted by is then so.
   */
  private List<ColumnHistory> inOrderOfTable() {
    List<ColumnHistory> ordered = new ArrayList<>(histories.values());
    ordered.removeIf(history -> history.points().isEmpty());
    ordered.sort(Comparator.comparingInt(DatasetHistory::ordinal));
    return ordered;
  }

  private static int ordinal(ColumnHistory history) {
    return history.points().get(history.points().size() - 1).definition().ordinal();
  }

  /** The columns of one run, in the making. */
  private static final class RunColumns {
    private final List<ColumnDefinition> definitions = new ArrayList<>();
    private final List<ColumnProfile> profiles = new ArrayList<>();

    void add(ColumnPoint point) {
      definitions.add(point.definition());
      ColumnProfile profile = point.profile();
      if (profile != null) {
        profiles.add(profile);
      }
    }

    TableProfile of(RunEntry entry, DatasetId id) {
      definitions.sort(Comparator.comparingInt(ColumnDefinition::ordinal));
      profiles.sort(Comparator.comparingInt(profile -> profile.column().ordinal()));
      return new TableProfile(
          entry.point().run(),
          id,
          entry.point().at(),
          entry.rowCount(),
          entry.quality(),
          definitions,
          tableMetrics(entry),
          profiles);
    }
  }

  /**
   * Takes a run in, lets go what is too old, and writes what changed.
   *
   * @param attempt the attempt that counts
   * @param digest of its first part
   * @param pinned run that is never too old; null: none
   */
  public void remember(
      TableProfile profile,
      List<Rename> renames,
      int attempt,
      long digest,
      @Nullable RunId pinned) {
    RunEntry entry = entry(profile);
    boolean isSlice = profile.dataset().slice() != null;
    DatasetState next =
        state.with(entry, new JudgedRun(profile.runId(), attempt, digest), isSlice, pinned);
    keep(profile, entry, renames, next);
  }

  /**
   * Takes in a run that was judged elsewhere, or never: as history, in its place in time. Changes
   * nothing when the run is known already, when its period is, or when it is too old.
   *
   * @param pinned run that is never too old; null: none
   * @return whether anything changed
   */
  public boolean seed(TableProfile profile, @Nullable RunId pinned) {
    boolean isSlice = profile.dataset().slice() != null;
    boolean isWanted = profile.runId().equals(pinned);
    boolean isKnown =
        (!isWanted && state.judged(profile.runId()).isPresent())
            || points().stream()
                .anyMatch(
                    point ->
                        point.run().equals(profile.runId())
                            || (isSlice && point.at().equals(profile.scannedAt())));
    RunEntry entry = entry(profile);
    DatasetState next = state.withSeed(entry, pinned);
    if (isKnown || !next.history().contains(entry)) {
      return false;
    }
    keep(profile, entry, renames(profile), next);
    return true;
  }

  /** What a run calls otherwise than the one before it. */
  private List<Rename> renames(TableProfile profile) {
    Set<String> now =
        profile.columns().stream().map(one -> one.name().value()).collect(Collectors.toSet());
    // Only a run that lost columns and won others can have renamed any.
    if (histories.keySet().containsAll(now) || now.containsAll(histories.keySet())) {
      return List.of();
    }
    return DriftEvaluation.evaluate(
            baseline(new BaselineStrategy.Previous(), Set.of(), profile),
            profile,
            DriftPolicies.builtIn(),
            Map.of())
        .renames();
  }

  private RunEntry entry(TableProfile profile) {
    return new RunEntry(
        state.nextSequence(),
        new RunPoint(profile.runId(), profile.scannedAt()),
        profile.rowCount(),
        profile.rowCountQuality(),
        rowError(profile),
        dataAge(profile));
  }

  private void keep(TableProfile profile, RunEntry entry, List<Rename> renames, DatasetState next) {
    int sequence = entry.sequence();
    Set<Integer> kept = next.history().stream().map(RunEntry::sequence).collect(Collectors.toSet());
    Map<String, ColumnHistory> updated = new HashMap<>();
    histories.forEach((name, history) -> updated.put(name, history.retaining(kept::contains)));
    boolean newest =
        state.points().stream().noneMatch(point -> point.at().isAfter(profile.scannedAt()));
    if (newest) {
      renames.forEach(rename -> move(rename, updated));
    }
    if (kept.contains(sequence)) {
      append(profile, sequence, updated);
    }
    new TreeMap<>(updated).forEach(this::write);
    memory.keep(next);
  }

  /** The history of a column goes on under its new name. */
  private static void move(Rename rename, Map<String, ColumnHistory> histories) {
    ColumnHistory history = histories.get(rename.from().value());
    if (history != null && !histories.containsKey(rename.to().value())) {
      histories.put(rename.to().value(), history.named(rename.to()));
      histories.put(rename.from().value(), ColumnHistory.EMPTY);
    }
  }

  private static void append(
      TableProfile profile, int sequence, Map<String, ColumnHistory> histories) {
    Map<ColumnName, ColumnProfile> profiled = new HashMap<>();
    profile.columnProfiles().forEach(column -> profiled.put(column.name(), column));
    for (ColumnDefinition definition : profile.columns()) {
      ColumnProfile column = profiled.get(definition.name());
      ColumnPoint point =
          new ColumnPoint(
              sequence,
              definition,
              column == null ? null : column.metrics(),
              column == null ? null : column.quantiles(),
              column == null ? null : column.frequentValues());
      histories.merge(
          definition.name().value(),
          new ColumnHistory(List.of(point)),
          (history, fresh) -> history.with(point));
    }
  }

  private void write(String column, ColumnHistory history) {
    if (history.points().isEmpty() || history != histories.get(column)) {
      memory.keep(column, history);
    }
  }

  private static double rowError(TableProfile profile) {
    MetricValue rows = profile.metrics().get(Metric.ROW_COUNT);
    if (rows == null || rows.lower() == null || rows.upper() == null) {
      return profile.rowCountQuality() == Quality.EXACT ? 0 : -1;
    }
    return Math.max(
        0, Math.max(profile.rowCount() - rows.lower(), rows.upper() - profile.rowCount()));
  }

  private static @Nullable Double dataAge(TableProfile profile) {
    MetricValue age = profile.metrics().get(Metric.DATA_AGE);
    return age == null ? null : age.number();
  }

  private static Map<Metric, MetricValue> tableMetrics(RunEntry entry) {
    Map<Metric, MetricValue> metrics = new EnumMap<>(Metric.class);
    double rows = entry.rowCount();
    if (entry.rowError() >= 0) {
      metrics.put(
          Metric.ROW_COUNT,
          new MetricValue(
              rows, null, entry.quality(), rows - entry.rowError(), rows + entry.rowError()));
    }
    if (entry.dataAge() != null) {
      metrics.put(Metric.DATA_AGE, MetricValue.exact(entry.dataAge()));
    }
    return metrics;
  }
}
