package io.profilemesh.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Requests per second of a query service that is held to one core, at the number of connections
 * where the 99th percentile is still below 50 ms: newest runs of a table, drift events and run
 * details by turns, each connection asking again as soon as it is answered. What is measured is the
 * second pass over the numbers of connections: on one core, compiling goes on through the first.
 */
final class RestLoadBenchmark {

  private static final List<Integer> CONNECTIONS = List.of(1, 2, 4, 8, 16, 32);
  private static final Duration LOAD = Duration.ofSeconds(6);
  private static final Duration WARM_UP = Duration.ofSeconds(12);
  private static final double LONGEST_P99 = 50;

  private RestLoadBenchmark() {}

  private record Result(double requestsPerSecond, double p99Ms, long errors) {}

  static Map<String, Object> run(int runs) throws IOException, InterruptedException {
    try (RestMesh mesh = RestMesh.start("restload", runs)) {
      boolean pinned = holdToOneCore(mesh.pid());
      load(mesh, 8, WARM_UP);
      Map<String, Object> byConnections = new LinkedHashMap<>();
      Result best = new Result(0, 0, 0);
      int connections = 0;
      long errors = 0;
      for (int number : CONNECTIONS) {
        errors += load(mesh, number, LOAD).errors();
      }
      for (int number : CONNECTIONS) {
        Result result = load(mesh, number, LOAD);
        errors += result.errors();
        byConnections.put(
            Integer.toString(number),
            List.of(Math.round(result.requestsPerSecond()), Figures.rounded(result.p99Ms())));
        System.err.println(number + " connections: " + result);
        if (result.p99Ms() < LONGEST_P99 && result.requestsPerSecond() > best.requestsPerSecond()) {
          best = result;
          connections = number;
        }
      }
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("benchmark", "rest-load");
      figures.put("runs", mesh.tables() * RestTables.RUNS_PER_TABLE);
      figures.put("oneCore", pinned);
      figures.put("requestsPerSecond", Math.round(best.requestsPerSecond()));
      figures.put("connections", connections);
      figures.put("p99Ms", Figures.rounded(best.p99Ms()));
      figures.put("errors", errors);
      figures.put("requestsPerSecondAndP99MsByConnections", byConnections);
      return figures;
    }
  }

  /** Only where the system has a command for it. */
  private static boolean holdToOneCore(long pid) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("taskset", "-a", "-c", "-p", "0", Long.toString(pid))
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 && !said.isBlank();
    } catch (IOException e) {
      return false;
    }
  }

  private static Result load(RestMesh mesh, int connections, Duration time)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long start = System.nanoTime();
      List<Callable<Client>> clients = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        clients.add(new Client(mesh, i, start + time.toNanos()));
      }
      List<Double> millis = new ArrayList<>();
      long errors = 0;
      for (Future<Client> done : threads.invokeAll(clients)) {
        Client client = done.get();
        millis.addAll(client.millis);
        errors += client.errors;
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Result(millis.size() / seconds, Figures.quantile(millis, 0.99), errors);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Asks over one connection until the time is over. */
  private static final class Client implements Callable<Client> {

    private final RestMesh mesh;
    private final int number;
    private final long end;
    private final List<Double> millis = new ArrayList<>();
    private long errors;

    Client(RestMesh mesh, int number, long end) {
      this.mesh = mesh;
      this.number = number;
      this.end = end;
    }

    @Override
    public Client call() throws IOException {
      List<RestQuery> queries =
          RestQuery.all(mesh.tables()).stream()
              .filter(
                  one ->
                      List.of("newestRunsOfTable", "driftEvents", "runDetails")
                          .contains(one.name()))
              .toList();
      try (KeptHttp http = mesh.connect()) {
        for (int n = number * 7919; System.nanoTime() < end; n++) {
          long start = System.nanoTime();
          int status = http.get(queries.get(n % queries.size()).path().apply(n)).status();
          millis.add((System.nanoTime() - start) / 1e6);
          if (status != 200) {
            errors++;
          }
        }
      }
      return this;
    }
  }
}
