package io.profilemesh.drift.query;

import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.statistics.OrderStatistics;
import io.profilemesh.drift.query.BaselineView.Column;
import io.profilemesh.drift.query.BaselineView.Point;
import io.profilemesh.drift.query.BaselineView.Run;
import io.profilemesh.drift.query.BaselineView.Series;
import io.profilemesh.drift.store.ColumnKey;
import io.profilemesh.drift.store.DatasetOrders;
import io.profilemesh.judgement.memory.ColumnHistory;
import io.profilemesh.judgement.memory.ColumnPoint;
import io.profilemesh.judgement.memory.DatasetState;
import io.profilemesh.judgement.memory.RunEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads a baseline from the stores of one partition, while they are written to: a run that comes in
 * between is either there as a whole or not.
 */
record BaselineReader(
    ReadOnlyKeyValueStore<String, DatasetState> datasets,
    ReadOnlyKeyValueStore<ColumnKey, ColumnHistory> columns,
    ReadOnlyKeyValueStore<String, DatasetOrders> orders) {

  private static final int TRIES = 5;

  /**
   * The baseline of a dataset; empty when the dataset is not known.
   *
   * @param column column of which every run is told; null: none
   */
  Optional<BaselineView> read(String dataset, @Nullable String column) {
    DatasetState state = datasets.get(dataset);
    for (int tried = 0; state != null; tried++) {
      List<ColumnHistory> histories = histories(dataset);
      DatasetState after = datasets.get(dataset);
      if (tried == TRIES || (after != null && after.nextSequence() == state.nextSequence())) {
        return Optional.of(view(dataset, state, histories, column));
      }
      state = after;
    }
    return Optional.empty();
  }

  private List<ColumnHistory> histories(String dataset) {
    List<ColumnHistory> histories = new ArrayList<>();
    try (KeyValueIterator<ColumnKey, ColumnHistory> all =
        columns.prefixScan(dataset, ColumnKey.prefix())) {
      while (all.hasNext()) {
        KeyValue<ColumnKey, ColumnHistory> one = all.next();
        histories.add(one.value);
      }
    }
    return histories;
  }

  private BaselineView view(
      String dataset, DatasetState state, List<ColumnHistory> histories, @Nullable String column) {
    List<RunEntry> newestFirst = new ArrayList<>(state.history());
    newestFirst.sort(Comparator.comparing(RunEntry::point).reversed());
    Map<Integer, Integer> places = new HashMap<>();
    newestFirst.forEach(entry -> places.put(entry.sequence(), places.size()));
    List<Remembered> known = new ArrayList<>();
    for (ColumnHistory history : histories) {
      List<ColumnPoint> points =
          history.points().stream()
              .filter(point -> places.containsKey(point.sequence()))
              .sorted(Comparator.comparingInt(point -> places.getOrDefault(point.sequence(), 0)))
              .toList();
      if (!points.isEmpty()) {
        known.add(new Remembered(points));
      }
    }
    known.sort(
        Comparator.<Remembered>comparingInt(one -> one.newest().definition().ordinal())
            .thenComparing(Remembered::name));
    DatasetOrders told = orders.get(dataset);
    RunId pinned = told == null ? null : told.pinned();
    return new BaselineView(
        dataset,
        pinned == null ? null : pinned.toString(),
        newestFirst.stream().map(BaselineReader::run).toList(),
        known.stream().map(one -> one.view(newestFirst, places, column)).toList());
  }

  private static Run run(RunEntry entry) {
    return new Run(
        entry.point().run().toString(),
        entry.point().at(),
        entry.rowCount(),
        entry.quality().name());
  }

  /**
   * A column that at least one run has.
   *
   * @param points newest run first
   */
  private record Remembered(List<ColumnPoint> points) {

    ColumnPoint newest() {
      return points.get(0);
    }

    String name() {
      return newest().definition().name().value();
    }

    Column view(List<RunEntry> runs, Map<Integer, Integer> places, @Nullable String wanted) {
      Map<String, List<Double>> series = new TreeMap<>();
      for (ColumnPoint point : points) {
        numbers(point)
            .forEach(
                (metric, number) ->
                    series.computeIfAbsent(metric, name -> new ArrayList<>()).add(number));
      }
      Map<String, Series> metrics = new TreeMap<>();
      series.forEach((metric, numbers) -> metrics.put(metric, series(numbers)));
      return new Column(
          name(),
          newest().definition().dataType(),
          points.size(),
          metrics,
          name().equals(wanted)
              ? points.stream()
                  .map(point -> point(point, runs.get(places.getOrDefault(point.sequence(), 0))))
                  .toList()
              : null);
    }

    private static Point point(ColumnPoint point, RunEntry run) {
      return new Point(
          run.point().run().toString(),
          numbers(point),
          point.quantiles() == null ? null : point.quantiles().values());
    }

    private static Map<String, Double> numbers(ColumnPoint point) {
      Map<String, Double> numbers = new TreeMap<>();
      Map<Metric, MetricValue> metrics = point.metrics();
      if (metrics != null) {
        metrics.forEach(
            (metric, value) -> {
              Double number = value.number();
              if (number != null) {
                numbers.put(metric.wireName(), number);
              }
            });
      }
      return numbers;
    }

    private static Series series(List<Double> numbers) {
      double[] values = numbers.stream().mapToDouble(Double::doubleValue).toArray();
      double lowest = values[0];
      double highest = values[0];
      for (double value : values) {
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
      }
      return new Series(values.length, values[0], OrderStatistics.median(values), lowest, highest);
    }
  }
}
