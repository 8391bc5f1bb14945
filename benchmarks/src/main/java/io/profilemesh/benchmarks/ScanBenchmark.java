package io.profilemesh.benchmarks;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.ValueHasher;
import io.profilemesh.profiler.dialect.PostgreSqlDialect;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.scan.PostgreSqlTableScan;
import io.profilemesh.profiler.scan.ScanCancellation;
import io.profilemesh.profiler.scan.ScanProgress;
import io.profilemesh.profiler.scan.ScanRequest;
import io.profilemesh.profiler.scan.ScanResult;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * A full profile of a table of 16 columns against reading the same {@code COPY (FORMAT binary)}
 * over the same driver and throwing it away. Both warm, in turn, in one process; medians.
 */
final class ScanBenchmark {

  private static final int WARM_UP = 2;
  private static final int ROUNDS = 5;

  private static final String TABLE =
      """
      CREATE TABLE bench_orders AS
      SELECT i::bigint AS order_id,
             (random() * 400000)::int AS customer_id,
             (1 + floor(-ln(1 - random()) * 3))::int AS quantity,
             timestamptz '2024-01-01Z' + random() * interval '700 days' AS placed_at,
             date '2024-01-01' + (random() * 700)::int AS ship_date,
             'user' || (random() * 900000)::int || '@example.org' AS email,
             'City ' || floor(5000 * random() ^ 3)::int AS city,
             CASE WHEN random() < 0.3 THEN NULL ELSE repeat('note ', 1 + (random() * 8)::int) END
               AS note,
             (ARRAY['new','paid','shipped','returned','lost'])[1 + floor(5 * random() ^ 2)::int]
               AS status,
             md5(i::text) AS session_id,
             (ARRAY['DE','FR','IT','ES','PL','NL','AT'])[1 + floor(7 * random())::int]::char(2)
               AS country,
             round((5 + random() * 500)::numeric, 2) AS unit_price,
             round((random() * 90)::numeric, 2) AS shipping_cost,
             CASE WHEN random() < 0.05 THEN NULL ELSE random() * 100 END AS weight,
             random() < 0.2 AS gift,
             gen_random_uuid() AS tracking_id
        FROM generate_series(1, %d) i
      """;

  private ScanBenchmark() {}

  static Map<String, Object> run(long rows) throws SQLException {
    PostgresEndpoint database = Stacks.shared().createDatabase("bench");
    try (Connection connection = open(database);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS bench_orders");
      System.err.printf("making a table of %,d rows …%n", rows);
      statement.execute("SELECT setseed(0.42)");
      statement.execute(TABLE.formatted(rows));
      statement.execute("VACUUM (FREEZE, ANALYZE) bench_orders");
    }
    List<Double> copies = new ArrayList<>();
    List<Double> profiles = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> twoConnections = new ArrayList<>();
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      double copy = seconds(() -> discard(database));
      double profile = seconds(() -> profile(database, rows, 1));
      double parallel = seconds(() -> profile(database, rows, 2));
      System.err.printf("copy %.2f s, profile %.2f s, two %.2f s%n", copy, profile, parallel);
      if (round >= WARM_UP) {
        copies.add(copy);
        profiles.add(profile);
        ratios.add(profile / copy);
        twoConnections.add(parallel / copy);
      }
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("benchmark", "scan");
    figures.put("rows", rows);
    figures.put("copySeconds", Figures.rounded(Figures.median(copies)));
    figures.put("profileSeconds", Figures.rounded(Figures.median(profiles)));
    figures.put("rowsPerSecond", Math.round(rows / Figures.median(profiles)));
    figures.put("copyRatioOneConnection", Figures.rounded(Figures.median(ratios)));
    figures.put("copyRatioTwoRanges", Figures.rounded(Figures.median(twoConnections)));
    return figures;
  }

  private static void discard(PostgresEndpoint database) throws SQLException {
    try (Connection connection = open(database)) {
      CopyOut copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut("COPY (SELECT * FROM bench_orders) TO STDOUT (FORMAT binary)");
      long bytes = 0;
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        bytes += row.length;
      }
      if (bytes == 0) {
        throw new IllegalStateException("nothing was copied");
      }
    }
  }

  private static void profile(PostgresEndpoint database, long rows, int connections)
      throws SQLException {
    TableDescription table;
    try (Connection connection = open(database)) {
      table =
          new PostgreSqlDialect()
              .catalog()
              .describe(connection, "public", "bench_orders")
              .orElseThrow();
    }
    ValueHasher hasher =
        new ValueHasher(
            "a key for measurements, long enough".getBytes(StandardCharsets.UTF_8), "benchmark");
    ScanResult result =
        new PostgreSqlTableScan(Clock.systemUTC())
            .scan(
                ScanRequest.of(
                        RunId.derivedFrom("benchmark"),
                        DatasetId.of("bench", "public", "bench_orders"),
                        table,
                        hasher)
                    .connections(connections)
                    .build(),
                () -> open(database),
                ScanProgress.NONE,
                new ScanCancellation());
    if (!(result instanceof ScanResult.Completed completed)
        || completed.profile().rowCount() != rows) {
      throw new IllegalStateException("the scan did not read the table: " + result);
    }
  }

  private static Connection open(PostgresEndpoint database) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static double seconds(Work work) throws SQLException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
