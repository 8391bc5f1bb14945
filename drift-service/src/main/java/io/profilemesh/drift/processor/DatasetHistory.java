package io.profilemesh.drift.processor;

import io.profilemesh.core.drift.Rename;
import io.profilemesh.core.drift.RunPoint;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.drift.store.ColumnHistory;
import io.profilemesh.drift.store.ColumnKey;
import io.profilemesh.drift.store.ColumnPoint;
import io.profilemesh.drift.store.DatasetState;
import io.profilemesh.drift.store.DatasetState.JudgedRun;
import io.profilemesh.drift.store.RunEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The remembered runs of one dataset, read from the stores once and written back at the end. */
final class DatasetHistory {

  private final String dataset;
  private final KeyValueStore<String, DatasetState> datasets;
  private final KeyValueStore<ColumnKey, ColumnHistory> columns;
  private final DatasetState state;
  private final Map<String, ColumnHistory> histories = new TreeMap<>();

  DatasetHistory(
      String dataset,
      KeyValueStore<String, DatasetState> datasets,
      KeyValueStore<ColumnKey, ColumnHistory> columns) {
    this.dataset = dataset;
    this.datasets = datasets;
    this.columns = columns;
    DatasetState stored = datasets.get(dataset);
    this.state = stored == null ? DatasetState.EMPTY : stored;
    try (KeyValueIterator<ColumnKey, ColumnHistory> all =
        columns.prefixScan(dataset, ColumnKey.prefix())) {
      while (all.hasNext()) {
        KeyValue<ColumnKey, ColumnHistory> column = all.next();
        histories.put(column.key.column(), column.value);
      }
    }
  }

  List<RunPoint> points() {
    return state.points();
  }

  /**
   * Remembered runs as profiles: definitions, and the metrics and distributions that are kept.
   *
   * @param runs in the order wanted
   */
  List<TableProfile> profiles(List<RunId> runs, DatasetId id) {
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
      Map<Metric, MetricValue> metrics = point.metrics();
      if (metrics != null) {
        profiles.add(
            new ColumnProfile(
                point.definition(),
                metrics,
                null,
                null,
                point.quantiles(),
                point.frequentValues(),
                List.of(),
                false));
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
          rowMetrics(entry),
          profiles);
    }
  }

  /**
   * Takes a run in, lets go what is too old, and writes what changed.
   *
   * @param pinned run that is never too old; null: none
   */
  void remember(
      TableProfile profile,
      List<Rename> renames,
      int attempt,
      long digest,
      @Nullable RunId pinned) {
    int sequence = state.nextSequence();
    RunEntry entry =
        new RunEntry(
            sequence,
            new RunPoint(profile.runId(), profile.scannedAt()),
            profile.rowCount(),
            profile.rowCountQuality(),
            rowError(profile));
    boolean isSlice = profile.dataset().slice() != null;
    DatasetState next =
        state.with(entry, new JudgedRun(profile.runId(), attempt, digest), isSlice, pinned);
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
    datasets.put(dataset, next);
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
    ColumnKey key = new ColumnKey(dataset, column);
    if (history.points().isEmpty()) {
      columns.delete(key);
    } else if (history != histories.get(column)) {
      columns.put(key, history);
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

  private static Map<Metric, MetricValue> rowMetrics(RunEntry entry) {
    double rows = entry.rowCount();
    return entry.rowError() < 0
        ? Map.of()
        : Map.of(
            Metric.ROW_COUNT,
            new MetricValue(
                rows, null, entry.quality(), rows - entry.rowError(), rows + entry.rowError()));
  }
}
