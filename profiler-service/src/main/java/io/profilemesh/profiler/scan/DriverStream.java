package io.profilemesh.profiler.scan;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.PGStream;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.QueryExecutorBase;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;

/**
 * The stream behind a connection of the driver, between two of its statements. The only place that
 * looks into the driver; where the driver looks different, there is no stream. Not safe for several
 * threads.
 */
final class DriverStream {

  private static final @Nullable Field STREAM = field();

  private final QueryExecutorBase executor;
  private final PGStream stream;

  private DriverStream(QueryExecutorBase executor, PGStream stream) {
    this.executor = executor;
    this.stream = stream;
  }

  /** The stream of a connection, or empty when this driver does not give it away. */
  static Optional<DriverStream> of(PGConnection connection) {
    if (STREAM != null && connection instanceof PgConnection known) {
      QueryExecutor executor = known.getQueryExecutor();
      try {
        if (executor instanceof QueryExecutorBase base
            && STREAM.get(base) instanceof PGStream stream
            && !stream.isGssEncrypted()) {
          return Optional.of(new DriverStream(base, stream));
        }
      } catch (IllegalAccessException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Whether nothing is under way: a transaction is open, and the driver holds no unread bytes. */
  boolean isQuiet() throws IOException {
    return executor.getTransactionState() == TransactionState.OPEN && !stream.hasMessagePending();
  }

  /** Sends a statement by the simple query protocol. */
  void query(String sql) throws IOException {
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    stream.sendChar('Q');
    stream.sendInteger4(Integer.BYTES + text.length + 1);
    stream.send(text);
    stream.sendChar(0);
    stream.flush();
  }

  /** What the server sends, past the driver's own buffer. */
  InputStream answers() throws IOException {
    return stream.getSocket().getInputStream();
  }

  /** Tells the driver how the transaction stands after a statement that it did not see. */
  void ended(TransactionState state) {
    executor.setTransactionState(state);
  }

  /** Ends the connection, for when nobody knows any more what comes next. */
  void abandon() {
    try {
      stream.close();
    } catch (IOException e) {
      // Closed all the same.
      return;
    }
  }

  private static @Nullable Field field() {
    try {
      Field found = QueryExecutorBase.class.getDeclaredField("pgStream");
      found.setAccessible(true);
      return found;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
