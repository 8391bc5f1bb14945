package io.profilemesh.query.ingest;

import io.profilemesh.schema.serde.RegistryUnavailableException;
import io.profilemesh.sink.store.DatabaseFault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Tries again until it works, because a dependency that is away makes no record bad. Ends only with
 * the service. Thread-safe.
 */
final class SinkPatience {

  private static final Logger LOGGER = Logger.getLogger(SinkPatience.class);

  private final Duration first;
  private final Duration longest;
  private final CountDownLatch stopping = new CountDownLatch(1);

  SinkPatience(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
  }

  /** Ends all waiting. */
  void stop() {
    stopping.countDown();
  }

  /**
   * Does the work, as often as needed.
   *
   * @param state told when it waits and when it works
   * @param waits told of each wait
   * @throws SinkStoppedException when the service ends first; nothing of the work remains
   */
  void untilDone(SinkState state, Runnable waits, Callable<?> work) {
    Backoff backoff = new Backoff(first, longest);
    while (true) {
      if (stopping.getCount() == 0) {
        throw new SinkStoppedException();
      }
      try {
        work.call();
        state.works();
        return;
      } catch (SQLException e) {
        if (DatabaseFault.of(e) != DatabaseFault.CONFLICT) {
          announce(state, "the database cannot be used (SQLSTATE " + e.getSQLState() + ")", e);
        }
      } catch (SchemaBehindException e) {
        if (state.waiting() == null) {
          LOGGER.warnf("The sink of %s pauses: %s", state.topic(), e.getMessage());
        }
        state.pauses(String.valueOf(e.getMessage()));
      } catch (RegistryUnavailableException e) {
        announce(state, "the schema registry does not answer", e);
      } catch (KafkaException e) {
        announce(state, "dead letters cannot be written: " + e.getMessage(), e);
      } catch (Exception e) {
        announce(state, "an error of our own stands in the way: " + e.getClass().getName(), e);
      }
      waits.run();
      pause(backoff.next());
    }
  }

  private static void announce(SinkState state, String reason, Exception e) {
    if (state.waiting() == null) {
      LOGGER.warnf(
          "The sink of %s waits: %s (%s)", state.topic(), reason, e.getClass().getSimpleName());
      LOGGER.debug("Cause", e);
    }
    state.waits(reason);
  }

  private void pause(Duration time) {
    try {
      stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SinkStoppedException();
    }
  }
}
