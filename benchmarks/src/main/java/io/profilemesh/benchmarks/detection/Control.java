package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.statistics.OrderStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** A series in which nothing is broken, whatever changes: every alarm is false. */
enum Control {
  UNTOUCHED("untouched") {
    @Override
    List<LabTable> tables(LabTable table, Random random) {
      return List.of(table);
    }
  },
  SEASON("season") {
    /** At weekends, or in summer, 40 % of the rows are not there, and numbers are 0.5 σ larger. */
    @Override
    List<LabTable> tables(LabTable table, Random random) {
      if (cycle(table) == 0) {
        return List.of();
      }
      Map<String, Double> deviations = deviations(table);
      return List.of(
          changed(
              table,
              run -> {
                Frame frame = table.runs().get(run).frame();
                if (run % cycle(table) < cycle(table) - cycle(table) / 3) {
                  return frame;
                }
                Frame season = thinned(frame, 0.6, random);
                for (Map.Entry<String, Double> entry : deviations.entrySet()) {
                  double by = 0.5 * entry.getValue();
                  season = season.with(entry.getKey(), values -> values.map(number -> number + by));
                }
                return season;
              }));
    }

    /** Before it came three times nobody knows a season. */
    @Override
    int from(LabTable table) {
      return 3 * cycle(table);
    }
  },
  GROWTH("growth") {
    /** Five times as many rows at the end as at the start. */
    @Override
    List<LabTable> tables(LabTable table, Random random) {
      double last = table.runs().size() - 1.0;
      return List.of(
          changed(table, run -> resized(table, run, Math.pow(5, run / last), 5, random)));
    }
  },
  TEN_TIMES("ten times more rows") {
    /** From the middle on; that the table itself is larger may be said. */
    @Override
    List<LabTable> tables(LabTable table, Random random) {
      return List.of(
          changed(table, run -> resized(table, run, run < jump(table) ? 1 : 10, 10, random)));
    }

    @Override
    Scenario scenario(LabTable table) {
      return new Scenario(
          Map.of(jump(table), new Scenario.Injected(Fault.LABELLED, List.of(""), 0)));
    }
  },
  FIRST_RUNS("first runs") {
    /** The service learns anew from every 20th run on. */
    @Override
    List<LabTable> tables(LabTable table, Random random) {
      List<LabTable> starts = new ArrayList<>();
      for (int from = 0; from + RUNS <= table.runs().size(); from += RUNS) {
        starts.add(
            new LabTable(
                table.name(),
                table.clock(),
                table.every(),
                table.runs().subList(from, from + RUNS)));
      }
      return starts;
    }
  };

  private static final int RUNS = 20;

  /** With so many rows in a run there are enough to leave some out. */
  private static final double MANY = 500;

  private final String title;

  Control(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** The series, made of the rows of a table; none where that cannot be done. */
  abstract List<LabTable> tables(LabTable table, Random random);

  /** The first run whose alarms count. */
  int from(LabTable table) {
    return 0;
  }

  /** What may be said all the same. */
  Scenario scenario(LabTable table) {
    return Scenario.UNTOUCHED;
  }

  /** What is made of the rows of a run. */
  private interface Change {
    Frame of(int run);
  }

  private static LabTable changed(LabTable table, Change change) {
    List<LabTable.Run> runs = new ArrayList<>();
    for (int run = 0; run < table.runs().size(); run++) {
      runs.add(new LabTable.Run(table.runs().get(run).at(), change.of(run)));
    }
    return new LabTable(table.name(), table.clock(), table.every(), runs);
  }

  /** Runs of a season; 0 where there is none, as for weeks. */
  private static int cycle(LabTable table) {
    long days = table.every().toDays();
    return days == 1 ? 7 : days > 20 ? 12 : 0;
  }

  private static int jump(LabTable table) {
    return table.runs().size() / 2;
  }

  /**
   * A run with more rows than another: a part of its own where these are many, else with those of
   * the runs around it.
   *
   * @param factor how many times as many, at least 1
   * @param most largest factor in the series
   */
  private static Frame resized(LabTable table, int run, double factor, double most, Random random) {
    if (table.usualRows() >= MANY) {
      return thinned(table.runs().get(run).frame(), factor / most, random);
    }
    int count = (int) Math.ceil(factor);
    int from = Math.max(0, Math.min(table.runs().size() - count, run - count / 2));
    List<Frame> around = new ArrayList<>();
    for (int other = from; other < from + count; other++) {
      around.add(moved(table, other, run));
    }
    return thinned(Frame.of(around), factor / count, random);
  }

  /** The rows of a run as if they were another's. */
  private static Frame moved(LabTable table, int from, int to) {
    LabTable.Run run = table.runs().get(from);
    double by = 1000.0 * (table.runs().get(to).at().toEpochMilli() - run.at().toEpochMilli());
    return table.clock().isEmpty()
        ? run.frame()
        : run.frame().with(table.clock(), values -> values.map(at -> at + by));
  }

  private static Frame thinned(Frame frame, double share, Random random) {
    return share >= 1
        ? frame
        : frame.at(
            IntStream.range(0, frame.rows()).filter(row -> random.nextDouble() < share).toArray());
  }

  /** The usual deviation of each column of numbers that repeat. */
  private static Map<String, Double> deviations(LabTable table) {
    Map<String, Double> deviations = new LinkedHashMap<>();
    for (Values values : table.runs().get(0).frame().columns()) {
      if (!values.isText() && values.type() != ColumnType.TIMESTAMP && repeats(values)) {
        double[] all =
            table.runs().stream()
                .mapToDouble(run -> run.frame().column(values.name()).deviation())
                .toArray();
        deviations.put(values.name(), OrderStatistics.median(all));
      }
    }
    return deviations;
  }

  private static boolean repeats(Values values) {
    Set<Double> distinct = new HashSet<>();
    Arrays.stream(values.numbersOrThrow()).forEach(distinct::add);
    return distinct.size() < values.rows() || values.rows() < MANY;
  }
}
