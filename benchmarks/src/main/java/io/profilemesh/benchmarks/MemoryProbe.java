package io.profilemesh.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.stack.PostgresEndpoint;
import java.util.Map;

/**
 * A process of its own that profiles one table and says how much memory it held: before, with
 * connections open, and at most. Environment: where the database is; arguments: table, ranges,
 * times.
 */
public final class MemoryProbe {

  private MemoryProbe() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, String> variables = System.getenv();
    PostgresEndpoint database =
        new PostgresEndpoint(
            variables.getOrDefault("PGHOST", ""),
            Integer.parseInt(variables.getOrDefault("PGPORT", "")),
            variables.getOrDefault("PGDATABASE", ""),
            variables.getOrDefault("PGUSER", ""),
            variables.getOrDefault("PGPASSWORD", ""));
    int ranges = Integer.parseInt(arguments[1]);
    int times = Integer.parseInt(arguments[2]);
    try (WarmProfiler profiler = new WarmProfiler(database, ranges)) {
      double idle = ProcessFigures.ownMegabytes("VmRSS");
      long rows = 0;
      for (int i = 0; i < times; i++) {
        rows = profiler.profile(arguments[0], ranges).profile().rowCount();
      }
      System.out.println(
          new ObjectMapper()
              .writeValueAsString(
                  Map.of(
                      "rows", rows, "idle", idle, "peak", ProcessFigures.ownMegabytes("VmHWM"))));
    }
  }
}
