package io.profilemesh.benchmarks.detection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The command {@code benchmarks/run detection}. */
public final class DetectionBenchmark {

  private static final long SEED = 2026;
  private static final int TIMES = 30;
  private static final Duration DAY = Duration.ofDays(1);
  private static final String FLIGHTS = "flights";
  private static final String WEATHER = "weather";
  private static final String BIRDSTRIKES = "birdstrikes";
  private static final String SYNTHETIC = "synthetic";

  /** Runs with fewer rows hide small faults from everybody. */
  private static final double FEW_ROWS = 500;

  private static final List<String> TABLES = List.of(FLIGHTS, WEATHER, BIRDSTRIKES, SYNTHETIC);

  private DetectionBenchmark() {}

  /** Runs the laboratory; the figures of flights by day are at the top. */
  public static Map<String, Object> run(List<String> options) throws SQLException, IOException {
    String series = option(options, "--series", "");
    String snapshots = option(options, "--snapshots", "");
    if (!series.isEmpty() || !snapshots.isEmpty()) {
      UserData data =
          series.isEmpty()
              ? UserData.snapshots(Path.of(snapshots))
              : UserData.series(Path.of(series));
      return ofUser(data, Path.of(option(options, "--labels", "labels.json")));
    }
    long seed = Long.parseLong(option(options, "--seed", Long.toString(SEED)));
    int times = Integer.parseInt(option(options, "--times", Integer.toString(TIMES)));
    boolean verbose = options.contains("--verbose");
    List<BesideRule> beside =
        options.contains("--alone") ? List.of() : List.of(BesideRule.values());
    String only = option(options, "--table", "");
    Map<String, Object> figures = new LinkedHashMap<>();
    Map<String, Object> tables = new LinkedHashMap<>();
    for (String name : TABLES) {
      LabTable table = only.isEmpty() || only.equals(name) ? table(name, seed, options) : null;
      if (table != null) {
        System.err.printf("%s: %d runs%n", name, table.runs().size());
        Map<String, Object> one = of(table, seed, times, beside, verbose);
        if (name.equals(FLIGHTS) || only.equals(name)) {
          figures.putAll(one);
        } else {
          tables.put(name, one);
        }
      }
    }
    figures.put("seed", seed);
    figures.put("tables", tables);
    return figures;
  }

  /** A table by its name; null when its file is not there, which is said. */
  private static @Nullable LabTable table(String name, long seed, List<String> options)
      throws SQLException {
    if (name.equals(SYNTHETIC)) {
      return SyntheticTable.of(seed);
    }
    Path flights = flights(options);
    Path file =
        switch (name) {
          case FLIGHTS -> flights;
          case WEATHER -> beside(options, "--weather", flights, "seattle-weather.csv");
          default -> beside(options, "--birdstrikes", flights, "birdstrikes.csv");
        };
    if (file == null || !Files.isReadable(file)) {
      System.err.printf(
          "no %s: give the files of the npm package vega-datasets 3.2.1 by --flights, --weather and"
              + " --birdstrikes, or their directory's flights-3m.parquet by PROFILEMESH_FLIGHTS%n",
          name);
      return null;
    }
    String quoted = "'" + file.toString().replace("'", "''") + "'";
    return switch (name) {
      case FLIGHTS ->
          LabTable.read(
              name,
              "flown_at",
              DAY,
              "SELECT date_trunc('day', date)::TIMESTAMP, date AS flown_at, delay, distance,"
                  + " origin, destination FROM "
                  + quoted
                  + " WHERE date < '2001-07-01' ORDER BY date, origin, destination, distance,"
                  + " delay");
      case WEATHER ->
          LabTable.read(
              name,
              "day",
              Duration.ofDays(7),
              "SELECT date_trunc('week', date)::TIMESTAMP AS week, date::TIMESTAMP AS day,"
                  + " precipitation, temp_max, temp_min, wind, weather FROM "
                  + quoted
                  + " ORDER BY date");
      default ->
          LabTable.read(
              name,
              "Flight Date",
              Duration.ofDays(30),
              "SELECT date_trunc('month', \"Flight Date\")::TIMESTAMP AS month,"
                  + " * REPLACE (\"Flight Date\"::TIMESTAMP AS \"Flight Date\") FROM "
                  + quoted
                  + " ORDER BY ALL");
    };
  }

  private static @Nullable Path flights(List<String> options) {
    String file =
        option(
            options,
            "--flights",
            System.getProperty(
                "profilemesh.flights", System.getenv().getOrDefault("PROFILEMESH_FLIGHTS", "")));
    return file.isEmpty() ? null : Path.of(file);
  }

  private static @Nullable Path beside(
      List<String> options, String option, @Nullable Path flights, String name) {
    String file = option(options, option, "");
    if (!file.isEmpty()) {
      return Path.of(file);
    }
    return flights == null ? null : flights.resolveSibling(name);
  }

  private static Map<String, Object> ofUser(UserData data, Path labels) throws IOException {
    Laboratory laboratory = new Laboratory(data.table(), true, data.profiles());
    List<BesideRule> beside =
        Arrays.stream(BesideRule.values())
            .filter(rule -> data.profiles().isEmpty() || rule.isOfMetrics())
            .toList();
    Map<String, Object> rules = new LinkedHashMap<>();
    Map<String, Object> figures = new LinkedHashMap<>();
    laboratory
        .run(List.of(data.labelled(labels)), beside)
        .forEach(
            (rule, tally) -> {
              Map<String, Object> one = figures(tally, tally, new Tally());
              if (figures.isEmpty()) {
                figures.putAll(one);
              } else {
                rules.put(rule, one);
              }
            });
    figures.put("rules", rules);
    return figures;
  }

  private static Map<String, Object> of(
      LabTable table, long seed, int times, List<BesideRule> beside, boolean verbose) {
    Map<String, Object> controls = controls(table, seed);
    Laboratory laboratory = new Laboratory(table, verbose);
    Random random = new Random(seed);
    boolean small = table.usualRows() < FEW_ROWS;
    Map<String, Tally> untouched = laboratory.run(List.of(Scenario.UNTOUCHED), beside);
    BestTest tests = small ? tests(table, laboratory, untouched) : null;
    Map<String, Tally> counted =
        laboratory.run(Scenario.deal(table, Laboratory.counted(), times, random), beside, tests);
    Map<String, Tally> further =
        laboratory.run(
            Scenario.deal(table, Laboratory.further(small), times, random), beside, tests);
    Map<String, Object> rules = new LinkedHashMap<>();
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Map.Entry<String, Tally> rule : counted.entrySet()) {
      Map<String, Object> one =
          figures(
              untouched.getOrDefault(rule.getKey(), new Tally()),
              rule.getValue(),
              further.getOrDefault(rule.getKey(), new Tally()));
      if (figures.isEmpty()) {
        figures.putAll(one);
        figures.put("controls", controls);
        if (tests != null) {
          Tally ours = new Tally();
          ours.add(rule.getValue());
          ours.add(further.getOrDefault(rule.getKey(), new Tally()));
          figures.put("bestTests", tests.figures(ours));
          figures.put("textbookTests", tests.all());
        }
      } else {
        rules.put(rule.getKey(), one);
      }
    }
    figures.put("rules", rules);
    return figures;
  }

  private static BestTest tests(
      LabTable table, Laboratory laboratory, Map<String, Tally> untouched) {
    int falseAlarms = untouched.values().iterator().next().laterFalseAlarms();
    return new BestTest(table.every(), laboratory.shots(), falseAlarms);
  }

  /** False alarms of ours where nothing is broken. */
  private static Map<String, Object> controls(LabTable table, long seed) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Control control : Control.values()) {
      Tally tally = new Tally(control.from(table));
      List<LabTable> series = control.tables(table, new Random(seed));
      for (LabTable one : series) {
        new Laboratory(one, false).control(control.scenario(table), tally);
      }
      if (!series.isEmpty()) {
        figures.put(
            control.title(),
            Map.of(
                "falseAlarms", tally.falseAlarms(),
                "metricRuns", tally.metricRuns(),
                "falseAlarmsPer1000", Tally.rounded(tally.falseAlarmsPer1000())));
      }
    }
    return figures;
  }

  private static Map<String, Object> figures(Tally untouched, Tally counted, Tally further) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("f1", Tally.rounded(counted.f1()));
    figures.put("precision", Tally.rounded(counted.precision()));
    figures.put("recall", Tally.rounded(counted.recall()));
    figures.put("falseAlarmsPer1000", Tally.rounded(untouched.falseAlarmsPer1000()));
    figures.put("alarmsPerTableMonth", Tally.rounded(untouched.alarmsPerTableMonth()));
    figures.put("delayRunsMedian", counted.delayMedian());
    figures.put("falseAlarms", untouched.falseAlarms());
    figures.put("faults", counted.byFault());
    figures.put("further", further.byFault());
    figures.put("furtherFalseAlarms", further.falseAlarms());
    return figures;
  }

  private static String option(List<String> options, String name, String otherwise) {
    int index = options.indexOf(name);
    return index < 0 ? otherwise : options.get(index + 1);
  }
}
