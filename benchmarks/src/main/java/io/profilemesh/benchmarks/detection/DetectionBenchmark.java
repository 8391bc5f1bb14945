package io.profilemesh.benchmarks.detection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The command {@code benchmarks/run detection}. */
public final class DetectionBenchmark {

  private static final long SEED = 2026;
  private static final int TIMES = 30;
  private static final Duration DAY = Duration.ofDays(1);

  private DetectionBenchmark() {}

  /** Runs the laboratory; the figures of flights by day are at the top. */
  public static Map<String, Object> run(List<String> options) throws SQLException {
    long seed = Long.parseLong(option(options, "--seed", Long.toString(SEED)));
    int times = Integer.parseInt(option(options, "--times", Integer.toString(TIMES)));
    boolean verbose = options.contains("--verbose");
    boolean beside = !options.contains("--alone");
    String only = option(options, "--table", "");
    Map<String, Object> figures = new LinkedHashMap<>();
    Map<String, Object> tables = new LinkedHashMap<>();
    for (LabTable table : tables(options)) {
      if (only.isEmpty() || only.equals(table.name())) {
        Map<String, Object> one = of(table, seed, times, beside, verbose);
        if (figures.isEmpty()) {
          figures.putAll(one);
        } else {
          tables.put(table.name(), one);
        }
      }
    }
    figures.put("seed", seed);
    figures.put("tables", tables);
    return figures;
  }

  private static List<LabTable> tables(List<String> options) throws SQLException {
    List<LabTable> tables = new ArrayList<>();
    String flights =
        option(
            options,
            "--flights",
            System.getProperty(
                "profilemesh.flights", System.getenv().getOrDefault("PROFILEMESH_FLIGHTS", "")));
    if (flights.isEmpty() || !Files.isReadable(Path.of(flights))) {
      System.err.println(
          "no flights: give the file by --flights FILE or PROFILEMESH_FLIGHTS; it is"
              + " data/flights-3m.parquet of the npm package vega-datasets 3.2.1");
    } else {
      tables.add(
          LabTable.read(
              "flights",
              "flown_at",
              DAY,
              "SELECT date_trunc('day', date)::TIMESTAMP, date AS flown_at, delay, distance, origin,"
                  + " destination FROM '"
                  + flights.replace("'", "''")
                  + "' WHERE date < '2001-07-01' ORDER BY date, origin, destination, distance,"
                  + " delay"));
    }
    return tables;
  }

  private static Map<String, Object> of(
      LabTable table, long seed, int times, boolean beside, boolean verbose) {
    Laboratory laboratory = new Laboratory(table, verbose);
    Random random = new Random(seed);
    Map<String, Tally> untouched = laboratory.run(List.of(Scenario.UNTOUCHED), beside);
    Map<String, Tally> counted =
        laboratory.run(Scenario.deal(table, Laboratory.counted(), times, random), beside);
    Map<String, Tally> further =
        laboratory.run(Scenario.deal(table, Laboratory.further(), times, random), beside);
    Map<String, Object> rules = new LinkedHashMap<>();
    Map<String, Object> figures = new LinkedHashMap<>();
    for (String rule : counted.keySet()) {
      Map<String, Object> one =
          figures(
              untouched.getOrDefault(rule, new Tally()),
              counted.getOrDefault(rule, new Tally()),
              further.getOrDefault(rule, new Tally()));
      if (figures.isEmpty()) {
        figures.putAll(one);
      } else {
        rules.put(rule, one);
      }
    }
    figures.put("rules", rules);
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
