package io.profilemesh.profiler.scan;

import io.profilemesh.profiler.dialect.JdbcDialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection inside one transaction that reads. {@link #cancel} may be called from any thread;
 * all else from one. The time of a statement is limited here, since not every driver does so.
 */
final class JdbcSession implements AutoCloseable {

  private final JdbcDialect dialect;
  private final Connection connection;
  private final Duration statementTimeout;
  private @Nullable Statement running;
  private volatile boolean cancelled;
  private volatile boolean late;
  private boolean closed;

  private JdbcSession(JdbcDialect dialect, Connection connection, Duration statementTimeout) {
    this.dialect = dialect;
    this.connection = connection;
    this.statementTimeout = statementTimeout;
  }

  /** Opens a session; closes the connection when that fails. */
  static JdbcSession open(
      JdbcDialect dialect,
      ConnectionSource connections,
      String applicationName,
      Duration lockTimeout,
      Duration statementTimeout)
      throws SQLException {
    Connection connection = connections.open();
    try {
      dialect.begin(connection, applicationName, lockTimeout, statementTimeout);
      return new JdbcSession(dialect, connection, statementTimeout);
    } catch (SQLException | RuntimeException e) {
      quietly(dialect, connection);
      throw e;
    }
  }

  /** Takes in rows. */
  interface Rows {
    void read(ResultSet rows) throws SQLException;
  }

  /** The connection, for questions to the catalogue in the same transaction. */
  Connection connection() {
    return connection;
  }

  /** Runs a query; the reader checks {@link #check()} now and then. */
  void query(String sql, Rows reader) throws SQLException {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(dialect.fetchSize());
      CompletableFuture<Void> watch = watch();
      begin(statement);
      try (ResultSet rows = statement.executeQuery(sql)) {
        reader.read(rows);
      } finally {
        watch.complete(null);
        end();
      }
    }
  }

  /** Ends the reading of rows when somebody asked for it. */
  void check() {
    if (cancelled) {
      throw new ScanCancelledException();
    }
  }

  /** Whether a statement was ended because its time was over. */
  boolean isLate() {
    return late;
  }

  /** Ends what the session does in the source, now or as soon as it begins. */
  synchronized void cancel() {
    cancelled = true;
    if (running != null && !closed) {
      try {
        running.cancel();
        if (dialect.readsResultsToTheEnd()) {
          connection.abort(Runnable::run);
        }
      } catch (SQLException e) {
        // The statement ends by the flag as soon as its next rows arrive.
        cancelled = true;
      }
    }
  }

  /** Waits for a cancellation under way, which must not meet the connection's next user. */
  @Override
  public synchronized void close() {
    closed = true;
    quietly(dialect, connection);
  }

  private synchronized void begin(Statement statement) {
    check();
    running = statement;
  }

  private synchronized void end() {
    running = null;
  }

  private CompletableFuture<Void> watch() {
    CompletableFuture<Void> watch = new CompletableFuture<>();
    if (!statementTimeout.isZero()) {
      watch
          .orTimeout(statementTimeout.toMillis(), TimeUnit.MILLISECONDS)
          .whenComplete(
              (done, expired) -> {
                if (expired != null) {
                  late = true;
                  cancel();
                }
              });
    }
    return watch;
  }

  /** A connection that fails here is of no use to anybody, and its pool finds out by itself. */
  private static void quietly(JdbcDialect dialect, Connection connection) {
    try (connection) {
      if (!connection.isClosed()) {
        dialect.end(connection);
      }
    } catch (SQLException e) {
      return;
    }
  }
}
