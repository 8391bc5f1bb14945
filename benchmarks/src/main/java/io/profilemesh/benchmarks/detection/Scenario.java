package io.profilemesh.benchmarks.detection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A series with faults at some of its runs, at most one in twenty.
 *
 * @param faults by the number of their run
 */
record Scenario(Map<Integer, Injected> faults) {

  /** Before this run nothing is broken: every rule may learn. */
  static final int FIRST = 20;

  private static final int DISTANCE = 20;

  /** Runs after a fault in which its column may alarm, once more or because all is well again. */
  static final int RECOVERY = 2;

  private static final int LONGEST = 10;

  /**
   * A fault done to a run.
   *
   * @param columns columns it is done to; empty: the table
   */
  record Injected(Fault fault, List<String> columns, long seed) {

    public Injected {
      columns = List.copyOf(columns);
    }

    /** Whether an alarm of a column is about this fault. */
    boolean concerns(String column) {
      if (fault == Fault.LABELLED && column.isEmpty()) {
        return true;
      }
      boolean renamed =
          fault == Fault.RENAME && columns.stream().anyMatch(name -> column.equals(name + "_2"));
      return columns.isEmpty() || columns.contains(column) || renamed;
    }
  }

  /** Nothing is broken. */
  static final Scenario UNTOUCHED = new Scenario(Map.of());

  /**
   * Deals faults to series: each kind so often, each time at another place and to a column chosen
   * by chance.
   */
  static List<Scenario> deal(LabTable table, List<Fault> kinds, int times, Random random) {
    List<Injected> all = new ArrayList<>();
    for (Fault fault : kinds) {
      List<List<String>> choices = fault.choices(table);
      for (int i = 0; i < times && !choices.isEmpty(); i++) {
        List<String> columns = choices.get(random.nextInt(choices.size()));
        all.add(new Injected(fault, columns, random.nextLong()));
      }
    }
    Collections.shuffle(all, random);
    List<Scenario> scenarios = new ArrayList<>();
    int at = 0;
    while (at < all.size()) {
      Map<Integer, Injected> faults = new TreeMap<>();
      int last = table.runs().size() - LONGEST - RECOVERY;
      int run = FIRST + random.nextInt(DISTANCE);
      while (run <= last && at < all.size()) {
        faults.put(run, all.get(at++));
        run += DISTANCE + random.nextInt(DISTANCE / 4);
      }
      if (faults.isEmpty()) {
        return List.of();
      }
      scenarios.add(new Scenario(faults));
    }
    return scenarios;
  }

  /** The fault that an alarm of a run is about or may follow from; empty when there is none. */
  Optional<Map.Entry<Integer, Injected>> behind(int run) {
    for (int at = run; at >= Math.max(0, run - RECOVERY - LONGEST); at--) {
      Injected injected = faults.get(at);
      if (injected != null && run - at <= injected.fault().runs() - 1 + RECOVERY) {
        return Optional.of(Map.entry(at, injected));
      }
    }
    return Optional.empty();
  }

  /**
   * Counts the alarms of a rule.
   *
   * @param alarms of each run: columns, the empty name for the table
   */
  void count(List<Set<String>> alarms, Tally tally) {
    Set<Integer> found = new TreeSet<>();
    faults.values().forEach(injected -> tally.injected(injected.fault()));
    for (int run = 0; run < alarms.size(); run++) {
      Optional<Map.Entry<Integer, Injected>> behind = behind(run);
      for (String column : alarms.get(run)) {
        boolean concerned = behind.isPresent() && behind.get().getValue().concerns(column);
        if (!concerned) {
          tally.falseAlarm(run);
          continue;
        }
        int at = behind.get().getKey();
        Fault fault = behind.get().getValue().fault();
        if (!fault.mustAlarm() && run == at) {
          tally.falseAlarm(run);
        } else if (run - at <= fault.runs() && found.add(at)) {
          tally.found(fault, run - at);
        }
      }
    }
  }
}
