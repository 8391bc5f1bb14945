package io.profilemesh.drift.wiring;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/**
 * What becomes of a stream thread that died: another takes its place, unless so many died in a
 * short time that a restart of the service is the better hope.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

  private static final Logger LOGGER = Logger.getLogger(ThreadReplacement.class);
  private static final int MOST_DEATHS = 20;
  private static final long PERIOD_NANOS = Duration.ofMinutes(5).toNanos();

  private final LongSupplier nanoTime;
  private final Deque<Long> deaths = new ArrayDeque<>();

  ThreadReplacement(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable error) {
    long now = nanoTime.getAsLong();
    deaths.addLast(now);
    while (now - deaths.peekFirst() > PERIOD_NANOS) {
      deaths.removeFirst();
    }
    if (deaths.size() > MOST_DEATHS) {
      LOGGER.error("Stream threads keep dying; the service is not live any more", error);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOGGER.warn("A stream thread died and is replaced", error);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }
}
