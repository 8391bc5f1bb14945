package io.profilemesh.benchmarks;

import io.profilemesh.stack.PostgresEndpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The transactions of {@code pgbench}'s default script (three updates, a look, an insert) at a
 * fixed rate over a few connections. Their starts are drawn by chance as with {@code pgbench -R};
 * latency counts from the planned start, and a transaction that would start more than a second late
 * is skipped.
 */
final class FixedRateLoad implements AutoCloseable {

  private static final int CLIENTS = 4;
  private static final int ACCOUNTS = 100_000;
  private static final int TELLERS = 10;
  private static final long LATE_NANOS = Duration.ofSeconds(1).toNanos();

  private final PostgresEndpoint database;
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

  FixedRateLoad(PostgresEndpoint database) {
    this.database = database;
  }

  /** What came of a run. */
  record Result(double rate, double p95Ms, long skipped) {}

  void prepare() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE bench_branches (bid int PRIMARY KEY, bbalance int, filler char(88))");
      statement.execute(
          "CREATE TABLE bench_tellers (tid int PRIMARY KEY, bid int, tbalance int, filler"
              + " char(84))");
      statement.execute(
          "CREATE TABLE bench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler"
              + " char(84))");
      statement.execute(
          "CREATE TABLE bench_history (hid bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tid"
              + " int, bid int, aid int, delta int, mtime timestamp, filler char(22))");
      statement.execute("INSERT INTO bench_branches VALUES (1, 0, '')");
      statement.execute(
          "INSERT INTO bench_tellers SELECT n, 1, 0, '' FROM generate_series(1, "
              + TELLERS
              + ") n");
      statement.execute(
          "INSERT INTO bench_accounts SELECT n, 1, 0, '' FROM generate_series(1, "
              + ACCOUNTS
              + ") n");
      statement.execute("ANALYZE");
      statement.execute("CHECKPOINT");
    }
  }

  /** Transactions a second when each follows the one before at once. */
  double highestRate(Duration time) throws InterruptedException {
    return run(Double.POSITIVE_INFINITY, time).rate();
  }

  /** Runs at a rate over all connections together. */
  Result run(double rate, Duration time) throws InterruptedException {
    long start = System.nanoTime();
    List<Callable<Client>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Client client = new Client(rate / CLIENTS, start, start + time.toNanos(), i);
      clients.add(client);
    }
    List<Double> latencies = new ArrayList<>();
    long skipped = 0;
    for (Future<Client> done : threads.invokeAll(clients)) {
      try {
        latencies.addAll(done.get().latencies);
        skipped += done.get().skipped;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a transaction failed", e);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Result(latencies.size() / seconds, Figures.quantile(latencies, 0.95), skipped);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private final class Client implements Callable<Client> {

    private final double rate;
    private final long start;
    private final long end;
    private final SplittableRandom random;
    private final List<Double> latencies = new ArrayList<>();
    private long skipped;

    Client(double rate, long start, long end, int number) {
      this.rate = rate;
      this.start = start;
      this.end = end;
      this.random = new SplittableRandom(number);
    }

    @Override
    public Client call() throws SQLException, InterruptedException {
      try (Connection connection = database.connect()) {
        connection.setAutoCommit(false);
        boolean paced = !Double.isInfinite(rate);
        long planned = start;
        while (System.nanoTime() < end) {
          planned = paced ? planned + pause() : System.nanoTime();
          if (planned >= end) {
            break;
          }
          long wait = planned - System.nanoTime();
          if (wait > 0) {
            Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
          } else if (-wait > LATE_NANOS) {
            skipped++;
            continue;
          }
          transaction(connection);
          latencies.add((System.nanoTime() - planned) / 1e6);
        }
      }
      return this;
    }

    /** Exponential, so that starts come as by chance. */
    private long pause() {
      return (long) (-Math.log(1 - random.nextDouble()) / rate * 1e9);
    }

    private void transaction(Connection connection) throws SQLException {
      int account = random.nextInt(ACCOUNTS) + 1;
      int teller = random.nextInt(TELLERS) + 1;
      int delta = random.nextInt(-5_000, 5_001);
      run(
          connection,
          "UPDATE bench_accounts SET abalance = abalance + ? WHERE aid = ?",
          delta,
          account);
      run(connection, "SELECT abalance FROM bench_accounts WHERE aid = ?", account);
      run(
          connection,
          "UPDATE bench_tellers SET tbalance = tbalance + ? WHERE tid = ?",
          delta,
          teller);
      run(connection, "UPDATE bench_branches SET bbalance = bbalance + ? WHERE bid = ?", delta, 1);
      run(
          connection,
          "INSERT INTO bench_history (tid, bid, aid, delta, mtime) VALUES (?, 1, ?, ?,"
              + " CURRENT_TIMESTAMP)",
          teller,
          account,
          delta);
      connection.commit();
    }

    private static void run(Connection connection, String sql, int... values) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < values.length; i++) {
          statement.setInt(i + 1, values[i]);
        }
        statement.execute();
      }
    }
  }
}
