package io.profilemesh.drift.processor;

import io.profilemesh.schema.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Waits for a registry that is away: a dependency that is down is not a bad record, and a stream
 * must not die of it. Thread-safe.
 */
public final class RegistryPatience {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final DriftObserver observer;
  private final Pause pause;

  /** Waits a while; a fake one makes a test of an outage quick. */
  @FunctionalInterface
  public interface Pause {

    /**
     * Returns after about that long.
     *
     * @return false: the service stops, waiting is over
     */
    boolean rest(Duration time);
  }

  public RegistryPatience(DriftObserver observer, Pause pause) {
    this.observer = observer;
    this.pause = pause;
  }

  /**
   * The result of something that needs the registry, however long that takes: tries again after 0.1
   * to 5 seconds, with jitter.
   *
   * @throws StoppedException when the service stops first
   */
  public <T> T insist(Supplier<T> question) {
    Duration wait = FIRST;
    boolean lost = false;
    while (true) {
      try {
        T answer = question.get();
        if (lost) {
          observer.registryFound();
        }
        return answer;
      } catch (RegistryUnavailableException e) {
        lost = true;
        observer.registryLost();
        if (!pause.rest(jittered(wait))) {
          throw new StoppedException(e);
        }
        wait = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
      }
    }
  }

  private static Duration jittered(Duration wait) {
    return Duration.ofMillis(
        ThreadLocalRandom.current().nextLong(wait.toMillis() / 2, wait.toMillis()));
  }

  /** The service stops while a record still waits for the registry; it is read again next time. */
  public static final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoppedException(RegistryUnavailableException cause) {
      super("stopped while waiting for the schema registry", cause);
    }
  }
}
