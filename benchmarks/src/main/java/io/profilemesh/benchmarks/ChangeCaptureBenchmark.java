package io.profilemesh.benchmarks;

import io.profilemesh.e2e.TestMesh;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.stack.local.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What change capture takes from a commit to a drift event, how many changed rows one engine keeps
 * up with, and what it costs the source.
 */
final class ChangeCaptureBenchmark {

  private static final int TABLES = 30;
  private static final int WARM_UP = 5;
  private static final long BACKLOG_ROWS = 1_000_000;
  private static final int ROUNDS = 3;
  private static final Duration LOAD = Duration.ofSeconds(12);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LITTLE = 1_000_000;

  /** Looks at one that is idle, one after the other: longer than the quiet period. */
  private static final int CALM_LOOKS = 25;

  private static final String UNREAD =
      "SELECT coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)), 0)::bigint"
          + " FROM pg_replication_slots WHERE database = current_database()";
  private static final String COUNTED = "profilemesh_capture_changes_total{kind=\"insert\"}";

  private ChangeCaptureBenchmark() {}

  static Map<String, Object> run() throws IOException, InterruptedException, SQLException {
    try (TestMesh mesh =
        new TestMesh(
            "changes",
            Files.createTempDirectory("changes"),
            Map.of(),
            "capture: { heartbeat: 1s, max-lag: 100GB }",
            """
              - source: shop
                include: ["public.*"]
                capture: { quiet: 1s, share: off, min-interval: 100ms }
            """)) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("benchmark", "change-capture");
      latency(mesh, figures);
      throughput(mesh, figures);
      cost(mesh, figures);
      mesh.services().stop(Service.PROFILER);
      mesh.dropSlots();
      return figures;
    }
  }

  /** From commit to a readable event, one table after the other. */
  private static void latency(TestMesh mesh, Map<String, Object> figures)
      throws InterruptedException {
    for (int i = 0; i < TABLES + WARM_UP; i++) {
      mesh.source(
          "CREATE TABLE t%d (id bigint PRIMARY KEY, email text, amount numeric(10,2))".formatted(i),
          ("INSERT INTO t%d SELECT i, 'user' || i || '@example.org', i * 0.5"
                  + " FROM generate_series(1, 1000) i")
              .formatted(i));
    }
    mesh.produce(
        mesh.topics().profileRequests().name(),
        "good",
        ProfileRequest.newBuilder()
            .setRequestId("good")
            .setSource("shop")
            .setTable("public.t*")
            .build());
    await(() -> mesh.tables().verdicts().size() >= TABLES + WARM_UP, "the good runs");
    awaitFollowing(mesh);
    List<Double> toEvent = new ArrayList<>();
    try (DriftWatch watch = new DriftWatch(mesh)) {
      for (int i = 0; i < TABLES + WARM_UP; i++) {
        mesh.source("UPDATE t%d SET email = NULL WHERE id %% 2 = 0".formatted(i));
        long committed = System.nanoTime();
        double event = watch.awaitEvent("shop/public/t" + i, committed);
        if (i >= WARM_UP) {
          toEvent.add(event);
        }
      }
    }
    figures.put("batches", TABLES);
    figures.put("commitToEventMsMedian", Figures.rounded(Figures.median(toEvent)));
    figures.put("commitToEventMsP95", Figures.rounded(Figures.quantile(toEvent, 0.95)));
  }

  /** Rows are inserted while nobody reads; then the engine reads them as fast as it can. */
  private static void throughput(TestMesh mesh, Map<String, Object> figures)
      throws InterruptedException {
    mesh.services().kill(Service.PROFILER);
    mesh.source(
        "CREATE TABLE backlog (id bigint PRIMARY KEY, email text, amount numeric(10,2))",
        ("DO $$ BEGIN FOR i IN 0..%d LOOP INSERT INTO backlog SELECT n, 'user' || n ||"
                + " '@example.org', n * 0.5 FROM generate_series(i * 1000 + 1, i * 1000 + 1000) n;"
                + " COMMIT; END LOOP; END $$")
            .formatted(BACKLOG_ROWS / 1000 - 1));
    mesh.services().start(Service.PROFILER);
    // The table is published once the profiler has seen it: what it holds by then is not counted.
    awaitFollowing(mesh);
    long before = counted(mesh);
    mesh.services().kill(Service.PROFILER);
    mesh.source(
        ("DO $$ BEGIN FOR i IN 0..%d LOOP INSERT INTO backlog SELECT %d + n, 'user' || n ||"
                + " '@example.org', n * 0.5 FROM generate_series(i * 1000 + 1, i * 1000 + 1000) n;"
                + " COMMIT; END LOOP; END $$")
            .formatted(BACKLOG_ROWS / 1000 - 1, BACKLOG_ROWS));
    mesh.services().start(Service.PROFILER);
    await(() -> counted(mesh) > 0, "the first rows of the backlog");
    long start = System.nanoTime();
    long first = counted(mesh);
    await(() -> counted(mesh) >= BACKLOG_ROWS, "the backlog");
    double seconds = (System.nanoTime() - start) / 1e9;
    figures.put("backlogRows", BACKLOG_ROWS);
    figures.put("rowsCountedBefore", before);
    figures.put("changedRowsPerSecond", Math.round((BACKLOG_ROWS - first) / seconds));
  }

  /** The same fixed rate of transactions, in turn without and with capture. */
  private static void cost(TestMesh mesh, Map<String, Object> figures)
      throws InterruptedException, SQLException {
    mesh.services().kill(Service.PROFILER);
    try (FixedRateLoad load = new FixedRateLoad(mesh.source())) {
      load.prepare();
      mesh.services().start(Service.PROFILER);
      awaitFollowing(mesh);
      mesh.services().kill(Service.PROFILER);
      double rate = load.highestRate(LOAD) / 2;
      List<Double> without = new ArrayList<>();
      List<Double> with = new ArrayList<>();
      long skipped = 0;
      for (int round = 0; round < ROUNDS; round++) {
        FixedRateLoad.Result alone = load.run(rate, LOAD);
        mesh.services().start(Service.PROFILER);
        awaitFollowing(mesh);
        // A fresh process compiles itself: what is measured is one that has been at work.
        load.run(rate, LOAD);
        awaitIdle(mesh);
        FixedRateLoad.Result captured = load.run(rate, LOAD);
        mesh.services().kill(Service.PROFILER);
        without.add(alone.p95Ms());
        with.add(captured.p95Ms());
        skipped += captured.skipped();
      }
      mesh.services().start(Service.PROFILER);
      figures.put("transactionsPerSecond", Math.round(rate));
      figures.put("sourceP95MsWithout", Figures.rounded(Figures.median(without)));
      figures.put("sourceP95MsWith", Figures.rounded(Figures.median(with)));
      figures.put(
          "sourceP95Ratio",
          Math.round(Figures.median(with) / Figures.median(without) * 100) / 100.0);
      figures.put("skippedTransactions", skipped);
    }
  }

  private static void awaitFollowing(TestMesh mesh) throws InterruptedException {
    await(
        () -> mesh.health(Service.PROFILER).contains("\"capture.shop\": \"following\""),
        "change capture");
  }

  /** Until what came before has been read, and the tables asked for because of it. */
  private static void awaitIdle(TestMesh mesh) throws InterruptedException {
    int[] calm = {0};
    await(
        () -> {
          boolean idle = mesh.sourceNumber(UNREAD) < LITTLE && busy(mesh) == 0;
          calm[0] = idle ? calm[0] + 1 : 0;
          return calm[0] == CALM_LOOKS;
        },
        "the changes of the round before");
  }

  private static long busy(TestMesh mesh) {
    return number(mesh, "profilemesh_runs_waiting") + number(mesh, "profilemesh_runs_scanning");
  }

  private static long counted(TestMesh mesh) {
    return number(mesh, COUNTED);
  }

  private static long number(TestMesh mesh, String metric) {
    return mesh.get(Service.PROFILER, "/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(metric))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  private static void await(BooleanSupplier done, String what) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(what + " did not come within 2 minutes");
      }
      Thread.sleep(100);
    }
  }
}
