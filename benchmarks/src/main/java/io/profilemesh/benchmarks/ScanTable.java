package io.profilemesh.benchmarks;

import io.profilemesh.profiler.dialect.PostgreSqlDialect;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.stack.PostgresEndpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The measured tables, the same in every run: mixed types, nulls, skewed text, UUIDs. */
final class ScanTable {

  /** What is measured: 16 columns. */
  static final String ORDERS = "bench_orders";

  /** A tenth of the rows. */
  static final String TENTH = "bench_orders_tenth";

  /** 50 columns, for the size of a record. */
  static final String FIFTY = "bench_orders_50";

  /** As many distinct texts of 1 kB. */
  static final String WIDE_TEXT = "bench_wide_text";

  /** One value of 256 MB. */
  static final String HUGE_VALUE = "bench_huge_value";

  private static final String MAKE_ORDERS =
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
             md5('tracking' || i)::uuid AS tracking_id
        FROM generate_series(1, %d) i
      """;

  private static final String MAKE_FIFTY =
      """
      CREATE VIEW bench_orders_50 AS
      SELECT a.*, b.*, c.*, a.order_id %% 1000 AS shop, md5(a.email) AS email_hash
        FROM (SELECT * FROM bench_orders LIMIT %1$d) a
        CROSS JOIN LATERAL (SELECT
          a.order_id * 7 AS order_id_b, a.customer_id + 1 AS customer_id_b,
          a.quantity * 2 AS quantity_b, a.placed_at + interval '1 day' AS placed_at_b,
          a.ship_date + 1 AS ship_date_b, 'b' || a.email AS email_b, 'b' || a.city AS city_b,
          'b' || a.note AS note_b, 'b' || a.status AS status_b, md5(a.session_id) AS session_id_b,
          a.country AS country_b, a.unit_price * 1.1 AS unit_price_b,
          a.shipping_cost * 1.1 AS shipping_cost_b, a.weight * 2 AS weight_b, NOT a.gift AS gift_b,
          md5(a.tracking_id::text)::uuid AS tracking_id_b) b
        CROSS JOIN LATERAL (SELECT
          a.order_id * 9 AS order_id_c, a.customer_id + 2 AS customer_id_c,
          a.quantity * 3 AS quantity_c, a.placed_at + interval '2 days' AS placed_at_c,
          a.ship_date + 2 AS ship_date_c, 'c' || a.email AS email_c, 'c' || a.city AS city_c,
          'c' || a.note AS note_c, 'c' || a.status AS status_c,
          md5('c' || a.session_id) AS session_id_c, a.country AS country_c,
          a.unit_price * 1.2 AS unit_price_c, a.shipping_cost * 1.2 AS shipping_cost_c,
          a.weight * 3 AS weight_c, a.gift AS gift_c,
          md5('c' || a.tracking_id::text)::uuid AS tracking_id_c) c
      """;

  private ScanTable() {}

  static void makeOrders(PostgresEndpoint database, long rows) throws SQLException {
    System.err.printf("making a table of %,d rows …%n", rows);
    execute(
        database,
        // Without it, the server's checkpoints of the new table run beside the measurements.
        "SET synchronous_commit = off",
        "SELECT setseed(0.42)",
        MAKE_ORDERS.formatted(rows),
        MAKE_FIFTY.formatted(Math.min(rows, 500_000)),
        "CREATE TABLE bench_orders_tenth AS SELECT * FROM bench_orders WHERE order_id <= "
            + rows / 10,
        "VACUUM (FREEZE, ANALYZE) bench_orders",
        "VACUUM (FREEZE, ANALYZE) bench_orders_tenth",
        "CHECKPOINT");
  }

  static void makeWideText(PostgresEndpoint database, long rows) throws SQLException {
    System.err.printf("making a table of %,d texts of 1 kB …%n", rows);
    execute(
        database,
        "CREATE UNLOGGED TABLE bench_wide_text AS"
            + " SELECT repeat(md5(i::text), 32) AS words FROM generate_series(1, "
            + rows
            + ") i");
  }

  static void makeHugeValue(PostgresEndpoint database) throws SQLException {
    System.err.println("making a value of 256 MB …");
    execute(
        database,
        "CREATE UNLOGGED TABLE bench_huge_value AS"
            + " SELECT 1 AS id, repeat('0123456789abcdef', 16777216) AS words");
  }

  static void drop(PostgresEndpoint database, String table) throws SQLException {
    execute(database, "DROP TABLE " + table);
  }

  static TableDescription describe(Connection connection, String table) throws SQLException {
    return new PostgreSqlDialect().catalog().describe(connection, "public", table).orElseThrow();
  }

  private static void execute(PostgresEndpoint database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
