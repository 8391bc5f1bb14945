package io.profilemesh.profiler.scan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One connection inside one read-only transaction with one snapshot. Its settings end with the
 * transaction, so that a pooled connection goes back as it came. {@link #cancel} may be called from
 * any thread; all else from one.
 */
final class ScanSession implements AutoCloseable {

  private static final int APPLICATION_NAME_BYTES = 63;

  private final Connection connection;
  private final PGConnection postgres;
  private final CopyWire wire;
  private volatile boolean busy;
  private volatile boolean cancelled;
  private boolean closed;
  private boolean midway;

  private ScanSession(Connection connection) throws SQLException {
    this.connection = connection;
    this.postgres = connection.unwrap(PGConnection.class);
    this.wire = new CopyWire(postgres);
  }

  /**
   * Opens a session; closes the connection when that fails.
   *
   * @param snapshot exported by another session, or null to take a new one
   */
  static ScanSession open(
      ConnectionSource connections,
      @Nullable String snapshot,
      String applicationName,
      Duration lockTimeout,
      Duration statementTimeout)
      throws SQLException {
    Connection connection = connections.open();
    try {
      ScanSession session = new ScanSession(connection);
      session.begin(snapshot);
      session.limit(applicationName, lockTimeout, statementTimeout);
      return session;
    } catch (SQLException | RuntimeException e) {
      quietly(connection);
      throw e;
    }
  }

  private void begin(@Nullable String snapshot) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      if (snapshot != null) {
        if (!snapshot.matches("[0-9A-F-]{1,64}")) {
          throw new IllegalArgumentException("not the name of an exported snapshot");
        }
        statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot + "'");
      }
    }
  }

  private void limit(String applicationName, Duration lockTimeout, Duration statementTimeout)
      throws SQLException {
    int end = Math.min(applicationName.length(), APPLICATION_NAME_BYTES);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("application_name", applicationName.substring(0, end));
    settings.put("lock_timeout", millis(lockTimeout));
    settings.put("statement_timeout", millis(statementTimeout));
    settings.put("idle_in_transaction_session_timeout", "60000");
    settings.put("synchronize_seqscans", "off");
    // Parallel workers deliver rows in another order each time, and so other bytes of sketches.
    settings.put("max_parallel_workers_per_gather", "0");
    settings.put("DateStyle", "ISO, YMD");
    settings.put("IntervalStyle", "iso_8601");
    settings.put("TimeZone", "UTC");
    settings.put("extra_float_digits", "3");
    settings.put("client_connection_check_interval", "5000");
    // Engines before 14 do not have all of them.
    String sql =
        "SELECT pg_catalog.set_config(s.name, ?, true) FROM pg_catalog.pg_settings s"
            + " WHERE s.name = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        statement.setString(1, setting.getValue());
        statement.setString(2, setting.getKey());
        statement.executeQuery().close();
      }
    }
  }

  /** The connection, for questions to the catalogue in the same snapshot. */
  Connection connection() {
    return connection;
  }

  /** Makes the snapshot available to other sessions while this one's transaction lasts. */
  String exportSnapshot() throws SQLException {
    return text("SELECT pg_catalog.pg_export_snapshot()");
  }

  /** What the snapshot sees, in the engine's own notation. */
  String visibleTransactions() throws SQLException {
    return text("SELECT pg_catalog.pg_current_snapshot()::pg_catalog.text");
  }

  /** Makes the engine's random numbers repeatable in this session, for seeds of any size. */
  void seedRandom(long seed) throws SQLException {
    double unit = (seed % 1_000_003L) / 1_000_003.0;
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_catalog.setseed(?)")) {
      statement.setDouble(1, unit);
      statement.executeQuery().close();
    }
  }

  /** Told about every piece of the stream; the bytes are its own only during the call. */
  interface Pieces {
    void piece(byte[] data, int offset, int length);
  }

  /** Streams the result of a COPY; ends the statement in the source when the receiver throws. */
  void copy(String sql, Pieces pieces) throws SQLException {
    busy = true;
    midway = true;
    try {
      wire.copy(
          sql,
          (data, offset, length) -> {
            if (cancelled) {
              throw new ScanCancelledException();
            }
            pieces.piece(data, offset, length);
          });
      midway = false;
    } finally {
      busy = false;
    }
  }

  /** The number that a query of one row answers; can be cancelled like a copy. */
  long count(String sql) throws SQLException {
    busy = true;
    try (Statement statement = connection.createStatement()) {
      if (cancelled) {
        throw new ScanCancelledException();
      }
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getLong(1);
      }
    } finally {
      busy = false;
    }
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Ends what the session does in the source, now or as soon as it begins. */
  synchronized void cancel() {
    cancelled = true;
    if (busy && !closed) {
      try {
        postgres.cancelQuery();
      } catch (SQLException e) {
        // The statement ends by the flag as soon as its next bytes arrive, and by its timeout else.
        cancelled = true;
      }
    }
  }

  /** Waits for a cancellation under way, which must not meet the connection's next user. */
  @Override
  public synchronized void close() {
    closed = true;
    if (midway || cancelled) {
      discard();
    } else {
      quietly(connection);
    }
  }

  /** What is on its way in a stream that was broken off would be the next user's answer. */
  private void discard() {
    try (connection) {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      return;
    }
  }

  /** A connection that fails here is of no use to anybody, and its pool finds out by itself. */
  private static void quietly(Connection connection) {
    try (connection) {
      if (!connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      return;
    }
  }

  private String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw new SQLException("no row", "02000");
      }
      return row.getString(1);
    }
  }

  private static String millis(Duration duration) {
    return Long.toString(Math.min(Integer.MAX_VALUE, duration.toMillis()));
  }
}
