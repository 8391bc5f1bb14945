package io.profilemesh.profiler.capture;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.ServerException;
import io.profilemesh.schema.ReasonCode;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts what Debezium's client reads from the binary log of MariaDB or MySQL. Rows are parsed, for
 * where they end, and dropped.
 */
final class BinlogFeed implements ChangeFeed {

  private static final Duration STORE_EVERY = Duration.ofMillis(100);
  private static final Duration STORE_IDLE = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT = Duration.ofMillis(200);
  private static final int ACCESS_DENIED = 1045;
  private static final int NO_RIGHT = 1227;
  private static final int LOG_GONE = 1236;
  private static final int NO_LOG = 1381;

  private final BinaryLogClient client;
  private final ChangeSink sink;
  private final BinlogCounter counter;
  private final String user;
  private long nextStore = System.nanoTime();
  private long nextIdleStore = System.nanoTime();
  private volatile @Nullable Exception error;
  private volatile boolean closed;
  private boolean inTransaction;

  /**
   * @param client with address, user and place to begin
   */
  BinlogFeed(BinaryLogClient client, ChangeSink sink, String user) {
    this.client = client;
    this.sink = sink;
    this.counter = new BinlogCounter(sink);
    this.user = user;
    client.setHeartbeatInterval(HEARTBEAT.toMillis());
    client.setEventDeserializer(new EventDeserializer());
    client.registerEventListener(this::take);
  }

  @Override
  public void run(Runnable reading) throws CaptureFailure {
    client.registerLifecycleListener(
        new BinaryLogClient.AbstractLifecycleListener() {
          @Override
          public void onConnect(BinaryLogClient connected) {
            reading.run();
          }

          @Override
          public void onCommunicationFailure(BinaryLogClient from, Exception failure) {
            error = failure;
          }

          @Override
          public void onEventDeserializationFailure(BinaryLogClient from, Exception failure) {
            error = failure;
            disconnect(client);
          }
        });
    try {
      if (!closed) {
        client.connect();
      }
    } catch (IOException | RuntimeException e) {
      error = e;
    }
    Exception failure = error;
    if (failure != null && !closed) {
      throw failed(failure, user);
    }
  }

  private void take(Event event) {
    EventType type = event.getHeader().getEventType();
    boolean idle = type == EventType.HEARTBEAT || type == EventType.HEARTBEAT_V2;
    if (!idle && !counter.take(event)) {
      inTransaction = true;
      return;
    }
    if (idle && inTransaction) {
      return;
    }
    inTransaction = false;
    long now = System.nanoTime();
    boolean due = sink.hasCounted() ? idle || now - nextStore >= 0 : now - nextIdleStore >= 0;
    if (due) {
      nextStore = now + STORE_EVERY.toNanos();
      nextIdleStore = now + STORE_IDLE.toNanos();
      BinlogPosition position =
          new BinlogPosition(client.getBinlogFilename(), client.getBinlogPosition());
      if (!sink.store(position.toPosition())) {
        close();
      }
    }
  }

  /** What the end of reading the log means. */
  static CaptureFailure failed(Exception failure, String user) {
    if (failure instanceof AuthenticationException) {
      return refused(user);
    }
    if (failure instanceof ServerException server) {
      return switch (server.getErrorCode()) {
        case ACCESS_DENIED, NO_RIGHT -> refused(user);
        case LOG_GONE ->
            CaptureFailure.gap("The source had thrown away log that change capture had not read.");
        case NO_LOG ->
            new CaptureFailure(
                ReasonCode.CAPTURE_LOG_DISABLED,
                "The source writes no binary log: set log_bin and binlog_format = ROW, and restart"
                    + " the database.");
        default -> ended(failure);
      };
    }
    return failure instanceof IOException
        ? new CaptureFailure(
            ReasonCode.SOURCE_UNREACHABLE,
            "The source cannot be reached: check host and port, and that the database is up.")
        : ended(failure);
  }

  private static CaptureFailure refused(String user) {
    return new CaptureFailure(
        ReasonCode.CAPTURE_NOT_PERMITTED,
        "The user '"
            + user
            + "' may not read the source's log: check its password, and GRANT REPLICATION SLAVE,"
            + " REPLICATION CLIENT ON *.* TO it.");
  }

  private static CaptureFailure ended(Exception failure) {
    return new CaptureFailure(
        ReasonCode.CAPTURE_FAILED,
        "The reader of the source's log ended ("
            + failure.getClass().getSimpleName()
            + ") and is started again.");
  }

  @Override
  public void close() {
    closed = true;
    disconnect(client);
  }

  /** Harmless when there is no connection. */
  static void disconnect(BinaryLogClient client) {
    try {
      client.disconnect();
    } catch (IOException e) {
      // It was not connected, or is not any more.
    }
  }
}
