package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.schema.DriftEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Replays a table by period through the real topology, with faults at known places, and judges the
 * same runs by the rules that others use.
 */
final class Laboratory {

  private static final String OURS = "profilemesh";

  /** Runs that a rule of metrics looks back. */
  private static final int METRIC_RUNS = 15;

  private final LabTable table;
  private final DatasetId dataset;
  private final List<Shot> shots = new ArrayList<>();
  private final List<List<io.profilemesh.schema.TableProfile>> records = new ArrayList<>();
  private final Map<BesideRule, Map<Long, BesideRule.Answer>> known =
      new EnumMap<>(BesideRule.class);
  private final boolean verbose;

  Laboratory(LabTable table, boolean verbose) {
    this(table, verbose, List.of());
  }

  /**
   * For runs that have profiles already.
   *
   * @param profiles of the runs of the table; empty: they are made from the rows
   */
  Laboratory(LabTable table, boolean verbose, List<TableProfile> profiles) {
    this.table = table;
    this.verbose = verbose;
    this.dataset = dataset(table.name());
    for (int i = 0; i < table.runs().size(); i++) {
      LabTable.Run run = table.runs().get(i);
      Shot shot =
          profiles.isEmpty()
              ? shot(run, run.frame())
              : new Shot(run.at(), run.frame(), profiles.get(i));
      shots.add(shot);
      records.add(LabProfiles.records(shot.profile(), table.every()));
    }
  }

  static DatasetId dataset(String table) {
    return new DatasetId("laboratory", "public", table, "period");
  }

  /** The series as it is. */
  List<Shot> shots() {
    return List.copyOf(shots);
  }

  /** What ours says of the series as it is, to the tally. */
  void control(Scenario scenario, Tally tally) {
    ours(scenario, shots, tally);
  }

  private Shot shot(LabTable.Run run, Frame frame) {
    return new Shot(run.at(), frame, LabProfiles.of(dataset, run.at(), frame));
  }

  /** Tallies by rule, ours first. */
  Map<String, Tally> run(List<Scenario> scenarios, List<BesideRule> beside) {
    return run(scenarios, beside, null);
  }

  /**
   * Tallies by rule, ours first.
   *
   * @param tests tried on the same faults; null: none
   */
  Map<String, Tally> run(
      List<Scenario> scenarios, List<BesideRule> beside, @Nullable BestTest tests) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      List<Shot> runs = new ArrayList<>(shots);
      Map<Integer, Scenario.Injected> done = new TreeMap<>();
      scenario
          .faults()
          .forEach(
              (at, injected) -> {
                // A shift that rounding undoes, or of a constant, is no fault.
                if (inject(runs, at, injected)) {
                  done.put(at, injected);
                }
              });
      Scenario effective = new Scenario(done);
      ours(effective, runs, tallies.computeIfAbsent(OURS, any -> new Tally()));
      for (BesideRule rule : beside) {
        beside(rule, effective, runs, tallies.computeIfAbsent(rule.title(), any -> new Tally()));
      }
      if (tests != null) {
        tests.count(effective, runs);
      }
    }
    return tallies;
  }

  /** Does a fault to its runs; answers whether anything changed by it. */
  private boolean inject(List<Shot> runs, int at, Scenario.Injected injected) {
    Fault fault = injected.fault();
    if (fault == Fault.LABELLED) {
      return true;
    }
    boolean changed = false;
    for (int i = 0; i < fault.runs(); i++) {
      LabTable.Run run = table.runs().get(at + i);
      Frame frame = run.frame();
      Random random = new Random(injected.seed());
      for (int step = 0; step <= i; step++) {
        frame = fault.apply(table, frame, injected.columns(), random);
      }
      changed |= !frame.hasSameRowsAs(run.frame());
      runs.set(at + i, shot(run, frame));
    }
    return changed;
  }

  private void ours(Scenario scenario, List<Shot> runs, Tally tally) {
    List<Set<String>> alarms = new ArrayList<>();
    try (MeshReplay mesh = new MeshReplay()) {
      for (int i = 0; i < runs.size(); i++) {
        Shot shot = runs.get(i);
        MeshReplay.Answer answer =
            mesh.send(
                shot == shots.get(i)
                    ? records.get(i)
                    : LabProfiles.records(shot.profile(), table.every()));
        Set<String> columns = new TreeSet<>();
        for (DriftEvent event : answer.events()) {
          columns.add(event.getColumn() == null ? "" : event.getColumn());
        }
        alarms.add(columns);
        tally.judged(i, answer.metricRuns());
        tell(scenario, i, answer);
      }
    }
    tally.watched(table.months());
    scenario.count(alarms, tally);
  }

  private void tell(Scenario scenario, int run, MeshReplay.Answer answer) {
    if (!verbose) {
      return;
    }
    Scenario.Injected injected = scenario.faults().get(run);
    if (injected != null) {
      System.err.printf("run %d: %s on %s%n", run, injected.fault().title(), injected.columns());
    }
    for (DriftEvent event : answer.events()) {
      System.err.printf(
          "  run %d %s %s p=%.2g effect=%.3f %s%n",
          run,
          scenario.behind(run).isPresent() ? "" : "UNTOUCHED",
          event.getSeverity(),
          event.getSignificance() == null ? -1.0 : event.getSignificance(),
          event.getEffectSize() == null ? -1.0 : event.getEffectSize(),
          event.getMessage());
    }
  }

  private void beside(BesideRule rule, Scenario scenario, List<Shot> runs, Tally tally) {
    List<Set<String>> alarms = new ArrayList<>();
    Map<Long, BesideRule.Answer> answers = known.computeIfAbsent(rule, any -> new HashMap<>());
    for (int i = 0; i < runs.size(); i++) {
      List<Shot> seen = runs.subList(0, i + 1);
      int from = Math.max(0, i - (rule.isOfMetrics() ? METRIC_RUNS : 1));
      boolean untouched = seen.subList(from, i + 1).equals(shots.subList(from, i + 1));
      BesideRule.Answer answer =
          untouched ? answers.computeIfAbsent((long) i, any -> rule.judge(seen)) : rule.judge(seen);
      alarms.add(answer.alarms());
      tally.judged(i, answer.metricRuns());
    }
    tally.watched(table.months());
    scenario.count(alarms, tally);
  }

  /** Kinds of faults that count for the key {@code f1}. */
  static List<Fault> counted() {
    return Arrays.stream(Fault.values()).filter(Fault::isCounted).toList();
  }

  /**
   * The others.
   *
   * @param small whether runs have few rows: then there are larger faults too
   */
  static List<Fault> further(boolean small) {
    return Arrays.stream(Fault.values())
        .filter(fault -> !fault.isCounted() && (small || !fault.isForFewRows()))
        .toList();
  }
}
