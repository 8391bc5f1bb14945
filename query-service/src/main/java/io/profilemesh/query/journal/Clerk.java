package io.profilemesh.query.journal;

import io.profilemesh.query.history.NoAnswerException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Writes entries in batches on a thread of its own, and keeps those that could not be written for
 * later, up to a limit. Safe for use by many threads; never keeps a caller waiting.
 */
final class Clerk<T> {

  /** Writes a batch, or throws. */
  @FunctionalInterface
  interface Writing<T> {
    void write(List<T> batch);
  }

  private static final Logger LOGGER = Logger.getLogger(Clerk.class);
  private static final int BATCH = 500;

  private final String name;
  private final BlockingQueue<T> waiting;
  private final Writing<T> writing;
  private final ScheduledExecutorService thread;

  Clerk(String name, int most, Writing<T> writing) {
    this.name = name;
    this.waiting = new ArrayBlockingQueue<>(most);
    this.writing = writing;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread one = new Thread(task, name);
              one.setDaemon(true);
              return one;
            });
  }

  void start(long pauseMillis) {
    thread.scheduleWithFixedDelay(this::work, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
  }

  /** Writes what waits, once more, and ends. */
  void stop() {
    thread.shutdown();
    work();
  }

  /** Takes an entry; false: too many wait already. */
  boolean take(T entry) {
    return waiting.offer(entry);
  }

  int waiting() {
    return waiting.size();
  }

  boolean isFull() {
    return waiting.remainingCapacity() == 0;
  }

  /** Entries leave the queue when they are written, or when the database will never take them. */
  private synchronized void work() {
    int most = BATCH;
    while (!waiting.isEmpty()) {
      List<T> batch = waiting.stream().limit(most).toList();
      try {
        writing.write(batch);
      } catch (NoAnswerException e) {
        if (!isRefusal(e)) {
          return; // Tried again after the pause; the writer has said why.
        }
        if (batch.size() > 1) {
          most = 1;
          continue;
        }
        LOGGER.errorf("%s: the database refuses an entry: %s", name, e.getMessage());
      }
      batch.forEach(entry -> waiting.poll());
    }
  }

  /** Data exceptions and violated constraints. */
  private static boolean isRefusal(NoAnswerException e) {
    return e.getCause() instanceof SQLException cause
        && cause.getSQLState() != null
        && (cause.getSQLState().startsWith("22") || cause.getSQLState().startsWith("23"));
  }
}
