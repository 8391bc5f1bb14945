package io.profilemesh.benchmarks;

import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.core.profile.ValuePolicy;
import io.profilemesh.profiler.scan.ScanResult;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.postgresql.PGConnection;

/**
 * A full profile of a table of 16 columns against a bare socket that reads the same {@code COPY
 * (FORMAT binary)} and throws it away; all warm, in turn, in one process; medians. Then the other
 * ways to the same numbers, memory, sizes and errors.
 */
final class ScanBenchmark {

  private static final int WARM_UP = 2;
  private static final int ROUNDS = 7;

  private final PostgresEndpoint database;
  private final long rows;
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final Map<String, String> missing = new LinkedHashMap<>();
  private double profileSeconds;
  private double twoRangesSeconds;

  private ScanBenchmark(PostgresEndpoint database, long rows) {
    this.database = database;
    this.rows = rows;
  }

  /**
   * Measures.
   *
   * @param quick whether only the scan itself is measured
   */
  static Map<String, Object> run(long rows, boolean quick)
      throws SQLException, IOException, InterruptedException {
    PostgresEndpoint database = Stacks.shared().createDatabase("bench");
    ScanTable.makeOrders(database, rows);
    return new ScanBenchmark(database, rows).measure(quick);
  }

  private Map<String, Object> measure(boolean quick)
      throws SQLException, IOException, InterruptedException {
    figures.put("benchmark", "scan");
    figures.put("rows", rows);
    try (BareCopy bare = new BareCopy(database);
        WarmProfiler profiler = new WarmProfiler(database, 2)) {
      inTurn(bare, profiler);
      if (!quick) {
        driverCopy();
        recordBytes(profiler);
        Map<String, NaiveQueries.Exact> exact = naive();
        errors(profiler, exact);
      }
    }
    if (!quick) {
      duckDb();
      memory();
    }
    if (!missing.isEmpty()) {
      figures.put("notMeasured", missing);
    }
    return figures;
  }

  private void inTurn(BareCopy bare, WarmProfiler profiler) throws SQLException, IOException {
    List<Double> copies = new ArrayList<>();
    List<Double> copyCpu = new ArrayList<>();
    List<Round> ones = new ArrayList<>();
    List<Round> twos = new ArrayList<>();
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      double cpuBefore = ProcessFigures.ownCpuSeconds();
      double copy = seconds(() -> discard(bare));
      double cpuOfCopy = ProcessFigures.ownCpuSeconds() - cpuBefore;
      Round one = profile(profiler, 1, copy);
      Round two = profile(profiler, 2, copy);
      System.err.printf(
          "copy %.2f s; profile %.2f s, cpu %.2f / %.2f s; two ranges %.2f s, cpu %.2f / %.2f s%n",
          copy, one.seconds, one.ownCpu, one.backendCpu, two.seconds, two.ownCpu, two.backendCpu);
      if (round >= WARM_UP) {
        copies.add(copy);
        copyCpu.add(cpuOfCopy);
        ones.add(one);
        twos.add(two);
      }
    }
    profileSeconds = median(ones, Round::seconds);
    twoRangesSeconds = median(twos, Round::seconds);
    put("copySeconds", Figures.median(copies));
    put("copyCpuSeconds", Figures.median(copyCpu));
    put("profileSeconds", profileSeconds);
    put("twoRangesSeconds", twoRangesSeconds);
    figures.put("rowsPerSecond", Math.round(rows / profileSeconds));
    put("copyRatioOneConnection", median(ones, Round::copyRatio));
    put("copyRatioTwoRanges", median(twos, Round::copyRatio));
    if (ProcessFigures.available()) {
      put("clientOverBackendCpu", median(ones, Round::cpuRatio));
      put("clientOverBackendCpuTwoRanges", median(twos, Round::cpuRatio));
      put("clientCpuSeconds", median(ones, Round::ownCpu));
      put("backendCpuSeconds", median(ones, Round::backendCpu));
    } else {
      notMeasured("clientOverBackendCpu", "this system has no /proc");
    }
  }

  private record Round(double seconds, double copyRatio, double ownCpu, double backendCpu) {
    double cpuRatio() {
      return ownCpu / backendCpu;
    }
  }

  private Round profile(WarmProfiler profiler, int ranges, double copy)
      throws SQLException, IOException {
    double ownBefore = ProcessFigures.ownCpuSeconds();
    OptionalDouble backendBefore = ProcessFigures.cpuSeconds(profiler.backends());
    double seconds = seconds(() -> profiler.profile(ScanTable.ORDERS, ranges));
    double own = ProcessFigures.ownCpuSeconds() - ownBefore;
    OptionalDouble backend = ProcessFigures.cpuSeconds(profiler.backends());
    return new Round(seconds, seconds / copy, own, backend.orElse(0) - backendBefore.orElse(0));
  }

  private void discard(BareCopy bare) throws IOException {
    long read =
        bare.discard("COPY (SELECT * FROM " + ScanTable.ORDERS + ") TO STDOUT (FORMAT binary)");
    if (read != rows) {
      throw new IllegalStateException("the copy has " + read + " rows");
    }
  }

  /** What the driver's own reading of the same bytes takes, which the scan does without. */
  private void driverCopy() throws SQLException, IOException {
    List<Double> times = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    try (Connection connection = database.connect()) {
      PGConnection postgres = connection.unwrap(PGConnection.class);
      for (int round = 0; round < 4; round++) {
        double before = ProcessFigures.ownCpuSeconds();
        double seconds =
            seconds(
                () ->
                    postgres
                        .getCopyAPI()
                        .copyOut(
                            "COPY (SELECT * FROM "
                                + ScanTable.ORDERS
                                + ") TO STDOUT (FORMAT binary)",
                            OutputStream.nullOutputStream()));
        if (round > 0) {
          times.add(seconds);
          cpu.add(ProcessFigures.ownCpuSeconds() - before);
        }
      }
    }
    put("driverCopySeconds", Figures.median(times));
    put("driverCopyCpuSeconds", Figures.median(cpu));
  }

  private void recordBytes(WarmProfiler profiler) throws SQLException, IOException {
    figures.put("recordBytes16", RecordBytes.of(profiler.profile(ScanTable.ORDERS, 2)));
    ScanResult.Completed fifty = profiler.profile(ScanTable.FIFTY, 1);
    if (fifty.profile().columns().size() != 50) {
      throw new IllegalStateException("there are not 50 columns");
    }
    figures.put("recordBytes50", RecordBytes.of(fifty));
  }

  private Map<String, NaiveQueries.Exact> naive() throws SQLException {
    try (Connection connection = database.connect()) {
      long start = System.nanoTime();
      Map<String, NaiveQueries.Exact> exact =
          NaiveQueries.run(connection, ScanTable.describe(connection, ScanTable.ORDERS));
      double seconds = (System.nanoTime() - start) / 1e9;
      System.err.printf("one query per column %.2f s%n", seconds);
      put("naiveSeconds", seconds);
      put("naiveOverTwoRanges", seconds / twoRangesSeconds);
      return exact;
    }
  }

  private void errors(WarmProfiler profiler, Map<String, NaiveQueries.Exact> exact)
      throws SQLException {
    TableProfile profile =
        profiler.profile(ScanTable.ORDERS, 2, ValuePolicy.PUBLISHED_BY_NAME).profile();
    try (Connection connection = database.connect()) {
      figures.put("errors", new ScanErrors(connection, profile, exact).figures());
    }
  }

  private void duckDb() throws SQLException, IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      if (DuckDbPipe.summarize(database, ScanTable.ORDERS) != 16) {
        throw new IllegalStateException("not all columns were summarised");
      }
      times.add((System.nanoTime() - start) / 1e9);
      System.err.printf("CSV piped into DuckDB %.2f s%n", times.get(round));
    }
    put("duckdbPipeSeconds", Figures.median(times));
    put("duckdbPipeOverProfile", Figures.median(times) / profileSeconds);
  }

  private void memory() throws SQLException, IOException, InterruptedException {
    if (!ProcessFigures.available()) {
      notMeasured("rssMb", "this system has no /proc");
      return;
    }
    ScanMemory memory = new ScanMemory(database);
    put("rssTenthOfRowsMb", memory.of(ScanTable.TENTH, rows / 10, 2, 3).added());
    put("rssMb", memory.of(ScanTable.ORDERS, rows, 2, 3).added());
    ScanTable.makeWideText(database, rows);
    put("rssWideTextMb", memory.of(ScanTable.WIDE_TEXT, rows, 2, 1).added());
    ScanTable.drop(database, ScanTable.WIDE_TEXT);
    ScanTable.makeHugeValue(database);
    put("rssHugeValueMb", memory.of(ScanTable.HUGE_VALUE, 1, 1, 2).peak());
  }

  private void notMeasured(String key, String reason) {
    figures.put(key, null);
    missing.put(key, reason);
  }

  private void put(String key, double value) {
    figures.put(key, Figures.rounded(value));
  }

  private interface Figure {
    double of(Round round);
  }

  private static double median(List<Round> rounds, Figure figure) {
    return Figures.median(rounds.stream().map(figure::of).toList());
  }

  private interface Work {
    void run() throws SQLException, IOException;
  }

  private static double seconds(Work work) throws SQLException, IOException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
