package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.profile.DatasetId;
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
import java.util.TreeSet;

/**
 * Replays a table by period through the real topology, with faults at known places, and judges the
 * same runs by the rules that others use.
 */
final class Laboratory {

  private static final String OURS = "profilemesh";

  private final LabTable table;
  private final DatasetId dataset;
  private final List<Shot> shots = new ArrayList<>();
  private final List<List<io.profilemesh.schema.TableProfile>> records = new ArrayList<>();
  private final Map<BesideRule, Map<Long, BesideRule.Answer>> known =
      new EnumMap<>(BesideRule.class);
  private final boolean verbose;

  Laboratory(LabTable table, boolean verbose) {
    this.table = table;
    this.verbose = verbose;
    this.dataset = new DatasetId("laboratory", "public", table.name(), "period");
    for (LabTable.Run run : table.runs()) {
      Shot shot = shot(run, run.frame());
      shots.add(shot);
      records.add(LabProfiles.records(shot.profile(), table.every()));
    }
  }

  private Shot shot(LabTable.Run run, Frame frame) {
    return new Shot(run.at(), frame, LabProfiles.of(dataset, run.at(), frame));
  }

  /** Tallies by rule, ours first. */
  Map<String, Tally> run(List<Scenario> scenarios, boolean beside) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      List<Shot> runs = new ArrayList<>(shots);
      scenario
          .faults()
          .forEach(
              (at, injected) ->
                  runs.set(
                      at,
                      shot(
                          table.runs().get(at),
                          injected
                              .fault()
                              .apply(
                                  table,
                                  table.runs().get(at).frame(),
                                  injected.columns(),
                                  new Random(injected.seed())))));
      ours(scenario, runs, tallies.computeIfAbsent(OURS, any -> new Tally()));
      if (beside) {
        for (BesideRule rule : BesideRule.values()) {
          beside(rule, scenario, runs, tallies.computeIfAbsent(rule.title(), any -> new Tally()));
        }
      }
    }
    return tallies;
  }

  private void ours(Scenario scenario, List<Shot> runs, Tally tally) {
    List<Set<String>> alarms = new ArrayList<>();
    try (MeshReplay mesh = new MeshReplay(DriftPolicies.builtIn())) {
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
        tally.judged(answer.metricRuns());
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
      System.err.printf(
          "run %d: %s on %s%n", run, injected.fault().title(), injected.columns());
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
    Map<Long, BesideRule.Answer> answers =
        known.computeIfAbsent(rule, any -> new HashMap<>());
    for (int i = 0; i < runs.size(); i++) {
      List<Shot> seen = runs.subList(0, i + 1);
      boolean untouched =
          seen.subList(Math.max(0, i - 15), i + 1).equals(shots.subList(Math.max(0, i - 15), i + 1));
      BesideRule.Answer answer =
          untouched ? answers.computeIfAbsent((long) i, any -> rule.judge(seen)) : rule.judge(seen);
      alarms.add(answer.alarms());
      tally.judged(answer.metricRuns());
    }
    tally.watched(table.months());
    scenario.count(alarms, tally);
  }

  /** Kinds of faults that count for the key {@code f1}. */
  static List<Fault> counted() {
    return Arrays.stream(Fault.values()).filter(Fault::isCounted).toList();
  }

  /** The others. */
  static List<Fault> further() {
    return Arrays.stream(Fault.values()).filter(fault -> !fault.isCounted()).toList();
  }
}
