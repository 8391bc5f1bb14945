package io.profilemesh.benchmarks.detection;

import io.profilemesh.benchmarks.detection.Scenario.Injected;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.TableProfile;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What textbook tests would find of the same faults: each against the run before, against all that
 * are remembered, and against those of the same season, each at the threshold at which it alarms on
 * the untouched series as often as ours does.
 */
final class BestTest {

  /** Runs that are remembered, for these as for ours. */
  private static final int REMEMBERED = 60;

  private static final String TABLE = "";

  /** The earlier runs that a test is given. */
  private enum Against {
    PREVIOUS("the run before"),
    ALL("all runs remembered"),
    SEASON("those of the same season");

    private final String title;

    Against(String title) {
      this.title = title;
    }
  }

  private record Rule(TextbookTest test, Against against) {
    String title() {
      return test.title() + ", against " + against.title;
    }
  }

  private final Duration every;
  private final Map<Rule, Double> thresholds = new LinkedHashMap<>();
  private final Map<Fault, Map<Rule, Integer>> found = new EnumMap<>(Fault.class);
  private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);
  private final Map<Shot, Map<String, Sample>> samples = new HashMap<>();
  private final Set<Shot> untouched;

  /**
   * Sets the thresholds.
   *
   * @param untouched the series without a fault
   * @param falseAlarms alarms that ours has on it, from the first run on that may be broken
   */
  BestTest(Duration every, List<Shot> untouched, int falseAlarms) {
    this.every = every;
    this.untouched = Set.copyOf(untouched);
    for (TextbookTest test : TextbookTest.values()) {
      for (Against against : Against.values()) {
        Rule rule = new Rule(test, against);
        thresholds.put(rule, threshold(rule, untouched, falseAlarms));
      }
    }
  }

  private double threshold(Rule rule, List<Shot> untouched, int falseAlarms) {
    List<Double> probabilities = new ArrayList<>();
    for (int run = Scenario.FIRST; run < untouched.size(); run++) {
      for (String column : columns(rule, untouched.get(run).profile())) {
        double probability = probability(rule, untouched, run, column);
        if (!Double.isNaN(probability)) {
          probabilities.add(probability);
        }
      }
    }
    double[] sorted = probabilities.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return falseAlarms < sorted.length ? sorted[falseAlarms] : Double.POSITIVE_INFINITY;
  }

  private static List<String> columns(Rule rule, TableProfile profile) {
    return rule.test().isOfRows()
        ? List.of(TABLE)
        : profile.columns().stream().map(ColumnDefinition::name).map(name -> name.value()).toList();
  }

  /** Tries all tests on the faults of a series. */
  void count(Scenario scenario, List<Shot> runs) {
    samples.keySet().retainAll(untouched);
    scenario
        .faults()
        .forEach(
            (at, fault) -> {
              injected.merge(fault.fault(), 1, Integer::sum);
              for (Rule rule : thresholds.keySet()) {
                if (finds(rule, runs, at, fault)) {
                  found
                      .computeIfAbsent(fault.fault(), any -> new HashMap<>())
                      .merge(rule, 1, Integer::sum);
                }
              }
            });
  }

  private boolean finds(Rule rule, List<Shot> runs, int at, Injected fault) {
    double threshold = thresholds.getOrDefault(rule, 0.0);
    for (int run = at; run <= at + fault.fault().runs() && run < runs.size(); run++) {
      for (String column : columns(rule, runs.get(run).profile())) {
        if (fault.concerns(column) && probability(rule, runs, run, column) < threshold) {
          return true;
        }
      }
    }
    return false;
  }

  private double probability(Rule rule, List<Shot> runs, int run, String column) {
    List<Shot> past = past(rule.against(), runs, run);
    Shot now = runs.get(run);
    if (rule.test().isOfRows()) {
      double[] rows = past.stream().mapToDouble(shot -> shot.frame().rows()).toArray();
      return rule.test().ofRows(rows, now.frame().rows());
    }
    List<Sample> before =
        past.stream().filter(shot -> shot.has(column)).map(shot -> sample(shot, column)).toList();
    return before.isEmpty()
            || before.get(0).counts().isEmpty() != sample(now, column).counts().isEmpty()
        ? Double.NaN
        : rule.test().ofColumn(before, sample(now, column));
  }

  private Sample sample(Shot shot, String column) {
    return samples
        .computeIfAbsent(shot, any -> new HashMap<>())
        .computeIfAbsent(column, name -> Sample.of(shot, shot.frame().column(name)));
  }

  private List<Shot> past(Against against, List<Shot> runs, int run) {
    List<Shot> all = runs.subList(Math.max(0, run - REMEMBERED), run);
    return switch (against) {
      case PREVIOUS -> all.subList(all.size() - 1, all.size());
      case ALL -> all;
      case SEASON -> all.stream().filter(shot -> phase(shot) == phase(runs.get(run))).toList();
    };
  }

  private int phase(Shot shot) {
    ZonedDateTime at = shot.at().atZone(ZoneOffset.UTC);
    return every.toDays() < 7 ? at.getDayOfWeek().getValue() : at.getMonthValue();
  }

  /** The best test of each fault by the fault's title, beside what ours found. */
  Map<String, Object> figures(Tally ours) {
    Map<String, Object> figures = new LinkedHashMap<>();
    injected.forEach(
        (fault, times) -> {
          Map<Rule, Integer> byRule = found.getOrDefault(fault, Map.of());
          String title = "";
          int most = 0;
          for (Rule rule : thresholds.keySet()) {
            if (byRule.getOrDefault(rule, 0) > most) {
              most = byRule.getOrDefault(rule, 0);
              title = rule.title();
            }
          }
          int mine = ours.found(fault);
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("injected", times);
          one.put("found", mine);
          one.put("foundByBest", most);
          one.put("best", title);
          one.put("reached", mine >= 0.9 * most);
          figures.put(fault.title(), one);
        });
    return figures;
  }

  /** How often each test finds each kind of fault, for those who want to see them all. */
  Map<String, Object> all() {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Rule rule : thresholds.keySet()) {
      Map<String, Integer> byFault = new LinkedHashMap<>();
      found.forEach(
          (fault, byRule) -> {
            if (byRule.containsKey(rule)) {
              byFault.put(fault.title(), byRule.getOrDefault(rule, 0));
            }
          });
      figures.put(rule.title(), byFault);
    }
    return figures;
  }
}
