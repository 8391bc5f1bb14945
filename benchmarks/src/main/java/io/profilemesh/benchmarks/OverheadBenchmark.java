package io.profilemesh.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.e2e.TestMesh;
import io.profilemesh.schema.ProfileRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Milliseconds from producing a request for a table of 1,000 rows to its drift event being readable
 * by a consumer and over REST. Each measurement has a dataset of its own, damaged after one good
 * run; one after the other, so that what is measured is latency and not throughput.
 */
final class OverheadBenchmark {

  private static final int DATASETS = 100;
  private static final int WARM_UP = 20;

  private OverheadBenchmark() {}

  static Map<String, Object> run() throws IOException, InterruptedException {
    try (TestMesh mesh = new TestMesh("overhead", Files.createTempDirectory("overhead"), Map.of());
        DriftWatch watch = new DriftWatch(mesh)) {
      int datasets = DATASETS + WARM_UP;
      for (int i = 0; i < datasets; i++) {
        mesh.source(
            "CREATE TABLE t%d (id bigint, email text, amount numeric(10,2), at timestamptz)"
                .formatted(i),
            ("INSERT INTO t%d SELECT i, 'user' || i || '@example.org', i * 0.5, now()"
                    + " FROM generate_series(1, 1000) i")
                .formatted(i));
      }
      request(mesh, "good", "public.*");
      awaitVerdicts(mesh, datasets);
      List<Double> toEvent = new ArrayList<>();
      List<Double> toRest = new ArrayList<>();
      for (int i = 0; i < datasets; i++) {
        mesh.source("UPDATE t%d SET email = NULL WHERE id %% 2 = 0".formatted(i));
        long start = System.nanoTime();
        request(mesh, "damaged-" + i, "public.t" + i);
        double event = watch.awaitEvent("shop/public/t" + i, start);
        double rest = awaitRest(mesh, "t" + i, start);
        if (i >= WARM_UP) {
          toEvent.add(event);
          toRest.add(rest);
        }
      }
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("benchmark", "overhead");
      figures.put("requests", DATASETS);
      figures.put("requestToEventMsMedian", Figures.rounded(Figures.median(toEvent)));
      figures.put("requestToEventMsP95", Figures.rounded(Figures.quantile(toEvent, 0.95)));
      figures.put("requestToRestMsMedian", Figures.rounded(Figures.median(toRest)));
      figures.put("requestToRestMsP95", Figures.rounded(Figures.quantile(toRest, 0.95)));
      return figures;
    }
  }

  private static void request(TestMesh mesh, String id, String table) {
    mesh.produce(
        mesh.topics().profileRequests().name(),
        id,
        ProfileRequest.newBuilder().setRequestId(id).setSource("shop").setTable(table).build());
  }

  private static void awaitVerdicts(TestMesh mesh, int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (mesh.tables().verdicts().size() < count) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the good runs did not end within 3 minutes");
      }
      Thread.sleep(Duration.ofMillis(200).toMillis());
    }
  }

  private static double awaitRest(TestMesh mesh, String table, long start) throws IOException {
    ObjectMapper json = new ObjectMapper();
    long deadline = start + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < deadline) {
      String body = mesh.get("/api/v1/drift-events?limit=1&table=" + table).body();
      if (!json.readTree(body).path("items").isEmpty()) {
        return (System.nanoTime() - start) / 1e6;
      }
    }
    throw new IllegalStateException("no drift event of " + table + " over REST within 30 s");
  }
}
