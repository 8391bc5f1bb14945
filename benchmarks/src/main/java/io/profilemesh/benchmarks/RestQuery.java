package io.profilemesh.benchmarks;

import io.profilemesh.query.history.DriftEvents;
import io.profilemesh.query.history.PageRequest;
import io.profilemesh.query.history.Question;
import io.profilemesh.query.history.Runs;
import io.profilemesh.query.history.Tables;
import io.profilemesh.query.history.Where;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Something people ask over REST, each time of another table or run.
 *
 * @param name name in the figures
 * @param path path and parameters of the n-th request
 * @param questions what the service asks the tables for it
 */
record RestQuery(String name, IntFunction<String> path, IntFunction<List<Question<?>>> questions) {

  private static final int PAGE = 100;

  /** The calls measured, over that many tables. */
  static List<RestQuery> all(int tables) {
    return List.of(
        new RestQuery(
            "newestRuns",
            n -> "/api/v1/runs?limit=" + PAGE,
            n -> List.of(Runs.newest(new Where(), page(PAGE)))),
        new RestQuery(
            "newestRunsOfTable",
            n -> "/api/v1/runs?limit=%d&table=t_%d".formatted(PAGE, n % tables),
            n ->
                List.of(
                    Runs.newest(new Where().equal("r.table_name", "t_" + n % tables), page(PAGE)))),
        new RestQuery(
            "runDetails",
            n -> "/api/v1/runs/" + run(n, tables),
            n ->
                List.of(
                    Runs.datasets(run(n, tables)),
                    Runs.details(run(n, tables), dataset(number(n, tables) % tables)))),
        new RestQuery(
            "series90Days",
            n ->
                "/api/v1/tables/%s/history?column=column_3&metric=mean&days=90&limit=500"
                    .formatted(URLEncoder.encode(dataset(n % tables), StandardCharsets.UTF_8)),
            n ->
                List.of(
                    Tables.history(
                        dataset(n % tables),
                        "column_3",
                        "mean",
                        new Where().from("r.profiled_at", daysAgo(90)),
                        page(500)))),
        new RestQuery(
            "driftEvents",
            n ->
                "/api/v1/drift-events?minSeverity=medium&days=30&limit=%d&table=t_%d"
                    .formatted(PAGE, n % tables),
            n ->
                List.of(
                    DriftEvents.newest(
                        new Where()
                            .equal("e.table_name", "t_" + n % tables)
                            .anyOf("e.drift_severity", List.of("medium", "high"))
                            .from("e.\"timestamp\"", daysAgo(30)),
                        page(PAGE)))));
  }

  static String dataset(int table) {
    return "shop/public/t_" + table;
  }

  /** One of the newest runs, which have everything. */
  private static UUID run(int n, int tables) {
    byte[] digest = Md5.of("run" + number(n, tables));
    long high = 0;
    long low = 0;
    for (int i = 0; i < 8; i++) {
      high = high << 8 | digest[i] & 0xff;
      low = low << 8 | digest[i + 8] & 0xff;
    }
    return new UUID(high, low);
  }

  /** Those that failed are left out: they have nothing to show. */
  private static int number(int n, int tables) {
    int number = tables * (RestTables.RUNS_PER_TABLE - 1) + n % tables;
    return number % 97 == 5 ? number - 1 : number;
  }

  private static Instant daysAgo(int days) {
    return Instant.now().minus(Duration.ofDays(days));
  }

  private static PageRequest page(int limit) {
    return new PageRequest(limit, 0, null, false);
  }
}
