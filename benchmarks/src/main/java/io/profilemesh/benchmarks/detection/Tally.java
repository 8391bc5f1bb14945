package io.profilemesh.benchmarks.detection;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one rule found, and what it cried wolf about. */
final class Tally {

  /** How often a fault was found, and after how many runs. */
  private static final class Found {
    private int injected;
    private final List<Integer> delays = new ArrayList<>();
  }

  private final int from;
  private final Map<Fault, Found> faults = new EnumMap<>(Fault.class);
  private int falseAlarms;
  private int laterFalseAlarms;
  private long metricRuns;
  private double months;

  Tally() {
    this(0);
  }

  /**
   * For the later runs of a series.
   *
   * @param from alarms of runs before do not count
   */
  Tally(int from) {
    this.from = from;
  }

  void injected(Fault fault) {
    of(fault).injected++;
  }

  void found(Fault fault, int delay) {
    of(fault).delays.add(delay);
  }

  void falseAlarm(int run) {
    falseAlarms += run >= from ? 1 : 0;
    laterFalseAlarms += run >= Scenario.FIRST ? 1 : 0;
  }

  /** Adds what another counted of faults. */
  void add(Tally other) {
    other.faults.forEach(
        (fault, found) -> {
          of(fault).injected += found.injected;
          of(fault).delays.addAll(found.delays);
        });
  }

  void judged(int run, long metrics) {
    metricRuns += run >= from ? metrics : 0;
  }

  void watched(double tableMonths) {
    months += tableMonths;
  }

  private Found of(Fault fault) {
    return faults.computeIfAbsent(fault, any -> new Found());
  }

  private int foundCount() {
    return faults.values().stream().mapToInt(found -> found.delays.size()).sum();
  }

  double precision() {
    int all = foundCount() + falseAlarms;
    return all == 0 ? 0 : (double) foundCount() / all;
  }

  double recall() {
    int injected = faults.values().stream().mapToInt(found -> found.injected).sum();
    return injected == 0 ? 0 : (double) foundCount() / injected;
  }

  double f1() {
    double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }

  double falseAlarmsPer1000() {
    return metricRuns == 0 ? 0 : 1000.0 * falseAlarms / metricRuns;
  }

  double alarmsPerTableMonth() {
    return months == 0 ? 0 : falseAlarms / months;
  }

  long metricRuns() {
    return metricRuns;
  }

  /** False alarms in runs that may be broken. */
  int laterFalseAlarms() {
    return laterFalseAlarms;
  }

  /** How often a fault was found. */
  int found(Fault fault) {
    return of(fault).delays.size();
  }

  int falseAlarms() {
    return falseAlarms;
  }

  /** Median delay of what was found; 0 when nothing was. */
  double delayMedian() {
    int[] sorted =
        faults.values().stream()
            .flatMap(found -> found.delays.stream())
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** Recall of each fault by its title, with how often it was injected. */
  Map<String, Object> byFault() {
    Map<String, Object> figures = new LinkedHashMap<>();
    faults.forEach(
        (fault, found) ->
            figures.put(
                fault.title(),
                Map.of(
                    "injected",
                    found.injected,
                    "found",
                    found.delays.size(),
                    "recall",
                    rounded((double) found.delays.size() / Math.max(1, found.injected)))));
    return figures;
  }

  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
